//! Learning the forests of attribution from annotated articles.
//!
//! The reader brings the articles: nothing of them is kept but the weights. An annotated quotation is laid over the
//! region between marks that it covers; a region that no annotation covers teaches nothing.

use super::attribution::features::{Around, COUNT, Feature, NAMES, Previous};
use super::attribution::words::{self, Words};
use super::attribution::{Forests, Outcome, Scene, VERDICT};
use super::boost::{Questions, Settings, grow};
use super::calibration::Calibration;
use super::clause;
use super::forest::Forest;
use super::language;
use super::mention::{self, Form};
use super::page::{NONE, Page, behind_preposition};
use super::person;
use super::vocabulary::{self, Examples};
use crate::text::span::Span;

/// An annotated article.
#[derive(Clone, Debug)]
pub struct Lesson {
    /// The text.
    pub text: String,
    /// What stands between marks in it.
    pub answers: Vec<Answer>,
}

/// An annotated region between marks.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The words between the marks.
    pub span: Span,
    /// Direct (`Some(true)`), mixed (`Some(false)`), or no speech at all.
    pub direct: Option<bool>,
    /// The words that name the speaker.
    pub mention: Option<Span>,
    /// The full name of the speaker, for a quotation that no mention stands near.
    pub name: Option<String>,
}

/// What a score is worth by a calibration that [`calibrate`] gave; `None` where that is damaged.
pub fn probability(calibration: &str, score: f32) -> Option<f32> {
    Calibration::parse(calibration).map(|calibration| calibration.at(score))
}

/// The trained forests as text, one each for the files of a folder under `src/extract/model`.
#[derive(Clone, Debug)]
pub struct Weights {
    /// Which candidate speaks.
    pub speaker: String,
    /// Whether a region is speech.
    pub speech: String,
    /// Whether speech is direct rather than mixed.
    pub direct: String,
    /// Whether a region is speech and the candidate chosen for it speaks.
    pub right: String,
    /// What the words around a quotation tell.
    pub words: String,
    /// What scores are worth, as [`calibrate`] gives it; right after training, themselves.
    pub confidence: String,
}

/// From scores to the share of them that is right: the file `confidence.txt`.
pub fn calibrate(trials: &[(f32, bool)]) -> String {
    Calibration::fit(trials).print()
}

const SPEAKER: Settings = Settings { trees: 240, depth: 6, rate: 0.1, lambda: 3.0, eighths: 5 };
const VERDICTS: Settings = Settings { trees: 200, depth: 5, rate: 0.05, lambda: 3.0, eighths: 4 };

/// The questions of one article.
struct Sheet {
    speaker: Questions,
    /// The words of the candidates of `speaker`; those of each region for the two other questions.
    speaker_words: Examples,
    speech_words: Examples,
    direct_words: Examples,
    /// For each region asked about: its questions in `speaker`, what is true, and where it stands.
    regions: Vec<Asked>,
    /// Whether the language is one in which somebody is named for all speech.
    always_somebody: bool,
}

struct Asked {
    /// Index of its question in `speaker`, where it has candidates.
    question: Option<usize>,
    answer: Option<bool>,
    /// Whether it is speech, and nobody is annotated as its speaker.
    nobody: bool,
    base: [u8; COUNT],
}

/// Trains on all lessons.
pub fn train(lessons: &[Lesson]) -> Weights {
    let mut sheets: Vec<Sheet> = lessons.iter().map(Sheet::of).collect();
    let words = learn_words(&mut sheets);
    // The second question is asked of answers to the first that were not learnt by heart: three parts, each judged by the other two.
    const PARTS: usize = 3;
    let mut speech = Questions::new(VERDICT);
    let mut direct = Questions::new(VERDICT);
    let mut right = Questions::new(VERDICT);
    for part in 0..PARTS {
        let others = sheets.iter().enumerate().filter(|(n, _)| n % PARTS != part).map(|(_, sheet)| sheet);
        let forest = grow(&joined(others), SPEAKER);
        for (_, sheet) in sheets.iter().enumerate().filter(|(n, _)| n % PARTS == part) {
            sheet.verdicts(&forest, [&mut speech, &mut direct, &mut right]);
        }
    }
    Weights {
        speaker: grow(&joined(sheets.iter()), SPEAKER).print(),
        speech: grow(&speech, VERDICTS).print(),
        direct: grow(&direct, VERDICTS).print(),
        right: grow(&right, VERDICTS).print(),
        words,
        confidence: Calibration::default().print(),
    }
}

/// Fits the words and puts what they tell into the features: of each part of the articles, what the words of the others tell.
/// Gives the weights of all.
fn learn_words(sheets: &mut [Sheet]) -> String {
    const PARTS: usize = 5;
    let kinds: [fn(&Sheet) -> &Examples; 3] =
        [|sheet| &sheet.speaker_words, |sheet| &sheet.speech_words, |sheet| &sheet.direct_words];
    let mut told: Vec<[Vec<u8>; 3]> = vec![Default::default(); sheets.len()];
    for part in 0..PARTS {
        for (kind, examples) in kinds.iter().enumerate() {
            let others: Vec<&Examples> = sheets
                .iter()
                .enumerate()
                .filter(|(n, _)| n % PARTS != part)
                .map(|(_, sheet)| examples(sheet))
                .collect();
            let words = vocabulary::fit(&others).words();
            for (slot, sheet) in told.iter_mut().zip(sheets.iter()).skip(part).step_by(PARTS) {
                if let Some(slot) = slot.get_mut(kind) {
                    *slot = examples(sheet).features(&words).collect();
                }
            }
        }
    }
    let mut printed = String::new();
    for examples in kinds {
        let all: Vec<&Examples> = sheets.iter().map(examples).collect();
        printed.push_str(&vocabulary::fit(&all).print(&all));
    }
    for (sheet, [speaker, speech, direct]) in sheets.iter_mut().zip(told) {
        sheet.tell(&speaker, &speech, &direct);
    }
    printed
}

fn joined<'a>(sheets: impl Iterator<Item = &'a Sheet>) -> Questions {
    let mut all = Questions::new(COUNT);
    for sheet in sheets {
        for question in 0..sheet.speaker.starts.len().saturating_sub(1) {
            for (row, right) in sheet.candidates(question) {
                all.candidate(row, right);
            }
            all.end();
        }
    }
    all
}

impl Sheet {
    fn of(lesson: &Lesson) -> Self {
        let page = Page::read(&lesson.text, language::of_text(&lesson.text).lexicon());
        let mentions = mention::find(&page);
        let clauses = clause::find(&page, &mentions);
        let cast = person::cast(&page, &mentions, &clauses);
        let nothing = Words::default();
        let scene = Scene::new(&page, &mentions, &clauses, &cast, &nothing);
        let mut sheet = Self {
            speaker: Questions::new(COUNT),
            speaker_words: Examples::default(),
            speech_words: Examples::default(),
            direct_words: Examples::default(),
            regions: Vec::new(),
            always_somebody: page.grammar.always_somebody,
        };
        let mut previous: Option<Previous> = None;
        for (region, quoted) in (0u32..).zip(&page.regions) {
            let Some(answer) = lesson.answers.iter().find(|answer| same(answer.span, quoted.region.inside)) else {
                continue;
            };
            let Some(around) = Around::of(&scene, region) else { continue };
            let Some(ballot) = scene.ballot(&around, region, previous, scene.beside(quoted)) else { continue };
            let question = sheet.speaker.starts.len() - 1;
            let mut chosen = NONE;
            sheet.speaker_words.ask(true);
            for (number, features) in &ballot {
                let right = match (answer.mention, &answer.name) {
                    (Some(gold), _) => names(&scene, *number, gold),
                    (None, Some(name)) => means(&scene, *number, name),
                    (None, None) => false,
                } && answer.direct.is_some();
                sheet.speaker.candidate(features, right);
                sheet.speaker_words.candidate(&page, &scene.words_of_candidate(quoted, *number), right);
                if right && chosen == NONE {
                    chosen = *number;
                }
            }
            sheet.speaker.end();
            let (mut speech, mut direct) = (Vec::new(), Vec::new());
            words::of_region(&scene, quoted, |for_direct, seen| {
                if for_direct { &mut direct } else { &mut speech }.push(seen)
            });
            sheet.speech_words.ask(true);
            sheet.speech_words.candidate(&page, &speech, answer.direct.is_some());
            sheet.direct_words.ask(answer.direct.is_some());
            sheet.direct_words.candidate(&page, &direct, answer.direct == Some(true));
            let asked = !ballot.is_empty();
            sheet.regions.push(Asked {
                question: asked.then_some(question),
                answer: answer.direct,
                nobody: answer.direct.is_some() && answer.mention.is_none() && answer.name.is_none(),
                base: *around.base(),
            });
            if answer.direct.is_some() {
                let entity = cast.meaning(chosen).entity;
                previous = Some(Previous { region, mention: chosen, entity });
            }
        }
        sheet
    }

    /// Puts what words tell into the features.
    fn tell(&mut self, speaker: &[u8], speech: &[u8], direct: &[u8]) {
        let put = |row: &mut [u8], feature: Feature, value: u8| {
            if let Some(slot) = row.get_mut(feature as usize) {
                *slot = value;
            }
        };
        for (row, value) in self.speaker.rows.chunks_mut(COUNT).zip(speaker) {
            put(row, Feature::words, *value);
        }
        for (asked, (speech, direct)) in self.regions.iter_mut().zip(speech.iter().zip(direct)) {
            put(&mut asked.base, Feature::speech_words, *speech);
            put(&mut asked.base, Feature::direct_words, *direct);
            let question = asked.question.unwrap_or(usize::MAX - 1);
            let range = self.speaker.starts.get(question).copied().unwrap_or(0)
                ..self.speaker.starts.get(question + 1).copied().unwrap_or(0);
            for row in
                self.speaker.rows.get_mut(range.start * COUNT..range.end * COUNT).unwrap_or_default().chunks_mut(COUNT)
            {
                put(row, Feature::speech_words, *speech);
                put(row, Feature::direct_words, *direct);
            }
        }
    }

    fn candidates(&self, question: usize) -> impl Iterator<Item = (&[u8], bool)> {
        let first = self.speaker.starts.get(question).copied().unwrap_or(0);
        let last = self.speaker.starts.get(question + 1).copied().unwrap_or(first);
        let rows = self.speaker.rows.get(first * COUNT..last * COUNT).unwrap_or_default();
        rows.chunks(COUNT)
            .zip(self.speaker.right.get(first..last).unwrap_or_default())
            .map(|(row, right)| (row, *right))
    }

    fn verdicts(&self, forest: &Forest, [speech, direct, right]: [&mut Questions; 3]) {
        for asked in &self.regions {
            let (rows, truth): (Vec<&[u8]>, Vec<bool>) =
                asked.question.map_or_else(Default::default, |q| self.candidates(q).unzip());
            let scores = forest.scores(&rows);
            let outcome = Outcome::of(&scores);
            let best = outcome.best.and_then(|n| rows.get(n)).copied().unwrap_or(&asked.base);
            let Ok(best) = best.try_into() else { continue };
            let row = outcome.verdict(best);
            speech.candidate(&row, asked.answer.is_some());
            speech.end();
            if let Some(answer) = asked.answer {
                direct.candidate(&row, answer);
                direct.end();
            }
            let named = outcome.best.and_then(|n| truth.get(n)).is_some_and(|right| *right);
            let somebody = outcome.best.is_some() && outcome.names_somebody(self.always_somebody);
            right.candidate(&row, if somebody { named } else { asked.nobody });
            right.end();
        }
    }
}

/// Whether two spans cover much the same words.
fn same(a: Span, b: Span) -> bool {
    let shared = a.end().min(b.end()).saturating_sub(a.start().max(b.start()));
    let all = a.end().max(b.end()) - a.start().min(b.start());
    shared * 5 >= all * 4
}

/// Whether mention `number` is the one annotated: one holds the head of the other, or both are names with one surname.
fn names(scene: &Scene<'_, '_>, number: u32, gold: Span) -> bool {
    let Some(mention) = scene.mentions.get(number as usize) else { return false };
    let (Some(whole), Some(head)) =
        (scene.page.span(mention.first, mention.last), scene.page.span(mention.head, mention.head + 1))
    else {
        return false;
    };
    let gold_head = head_of(scene.page, gold);
    // "Lind" in "an aide to Lind" is not who is annotated.
    if whole.overlaps(gold)
        && !gold_head.is_some_and(|at| at < mention.first && behind_preposition(scene.page, mention.first))
        && (gold.contains(head)
            || gold_head.is_some_and(|at| scene.page.span(at, at + 1).is_some_and(|h| whole.contains(h))))
    {
        return true;
    }
    let capital = |at: u32| scene.page.tok(at).filter(|tok| tok.shape.is_capital()).map(|tok| tok.hash);
    matches!(mention.form, Form::Name | Form::Organisation)
        && gold_head.and_then(capital).is_some_and(|surname| capital(mention.head) == Some(surname))
}

/// Whether mention `number` means the person of this full name.
fn means(scene: &Scene<'_, '_>, number: u32, name: &str) -> bool {
    let entity = scene.cast.meaning(number).entity;
    let fullest = scene.cast.entity(entity).and_then(|known| scene.mentions.get(known.fullest as usize));
    let surname = |words: &str| words.rsplit(' ').next().unwrap_or_default().to_lowercase();
    fullest.is_some_and(|m| surname(scene.page.words(m.head)) == surname(name))
}

/// The head of an annotated mention: its last word before a comma or a preposition.
fn head_of(page: &Page<'_>, gold: Span) -> Option<u32> {
    use super::lexicon::class as c;
    let first = page.toks.partition_point(|tok| (tok.end as usize) <= gold.start());
    let mut head = None;
    for (at, tok) in (u32::try_from(first).ok()?..).zip(page.toks.get(first..)?) {
        let stops = tok.sign(b',') || tok.sign(b'(') || tok.is(c::PREPOSITION | c::WHO | c::THAT | c::CONJUNCTION);
        if tok.start as usize >= gold.end() || head.is_some() && stops {
            break;
        }
        if tok.shape.is_word() && !tok.is(c::SUFFIX | c::COMPANY) {
            head = Some(at);
        }
    }
    head
}

/// The forests that these weights are.
pub(super) fn forests(weights: &Weights) -> Option<Forests> {
    Some(Forests {
        speaker: Forest::parse(&weights.speaker)?,
        speech: Forest::parse(&weights.speech)?,
        direct: Forest::parse(&weights.direct)?,
        right: Forest::parse(&weights.right)?,
        words: Words::parse(&weights.words)?,
        confidence: Calibration::parse(&weights.confidence)?,
    })
}

/// The names of the features of the first question, in the order in which the forests number them.
pub fn feature_names() -> &'static [&'static str] {
    NAMES
}

/// What the extraction of `article` would be with these weights; `None` where they are damaged.
pub fn extract_with(weights: &Weights, article: &crate::article::Article) -> Option<super::Extraction> {
    Some(super::extract_by(article, language::of(article), &forests(weights)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Of the mentions in `text`, those that are right where these words are annotated.
    fn right<'t>(text: &'t str, annotated: &str) -> Vec<&'t str> {
        let page = Page::read(text, language::of_text(text).lexicon());
        let mentions = mention::find(&page);
        let clauses = clause::find(&page, &mentions);
        let cast = person::cast(&page, &mentions, &clauses);
        let nothing = Words::default();
        let scene = Scene::new(&page, &mentions, &clauses, &cast, &nothing);
        let start = text.find(annotated).expect("it stands there");
        let gold = Span::new(text, start, start + annotated.len()).expect("whole letters");
        (0u32..)
            .zip(&mentions)
            .filter(|(n, _)| names(&scene, *n, gold))
            .map(|(_, m)| page.slice(m.first, m.last))
            .collect()
    }

    #[test]
    fn the_name_within_a_phrase_is_not_who_is_annotated() {
        for (text, annotated, expected) in [
            ("An aide to Nina Lind said, “No.”", "An aide to Nina Lind", &["An aide"][..]),
            ("Joe Marl of Dovar Mills said, “No.”", "Joe Marl of Dovar Mills", &["Joe Marl"]),
            ("The miller Nina Lind said, “No.” Lind left.", "The miller Nina Lind", &["miller Nina Lind", "Lind"]),
        ] {
            assert_eq!(right(text, annotated), expected, "{text}");
        }
    }
}
