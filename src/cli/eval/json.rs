//! An evaluation as one JSON object: the schema `onrecord.eval/1`. Figures are from 0 to 1; places are code points.

use serde_json::{Map, Value, json};

use crate::desk::evaluate::report::{Fault, Mistake, Report, Side};
use crate::desk::evaluate::tally::{Counts, Figure, Share};

use super::super::plan::EvalPlan;

pub(super) fn write(report: &Report, plan: &EvalPlan) -> anyhow::Result<String> {
    let kinds: Vec<&str> = plan.order.kinds.iter().map(|kind| kind.name()).collect();
    let outlets = report.outlets.iter().map(|(outlet, counts)| named("outlet", outlet, figures(counts)));
    let rules = report.rules.iter().map(|(rule, counts)| {
        let counts = json!({ "decided": counts.decided, "span": counts.span, "both": counts.both });
        named("rule", rule, counts)
    });
    let mut whole = json!({
        "schema": "onrecord.eval/1",
        "kinds": kinds,
        "total": figures(&report.total),
        "outlets": outlets.collect::<Vec<_>>(),
        "rules": rules.collect::<Vec<_>>(),
        "reliability": reliability(report),
        "wrong": Fault::ALL.iter().map(|fault| (fault.name().to_owned(), report.wrong.get(fault).copied().unwrap_or(0).into())).collect::<Map<_, _>>(),
    });
    if let Some(whole) = whole.as_object_mut().filter(|_| plan.listing) {
        whole.insert("errors".to_owned(), report.mistakes.iter().map(mistake).collect());
    }
    Ok(serde_json::to_string(&whole)? + "\n")
}

/// The fields of `value` after one that says what they are about; a name that is nothing is null.
fn named(what: &str, name: &str, value: Value) -> Value {
    let mut map = Map::new();
    map.insert(what.to_owned(), if name.is_empty() { Value::Null } else { name.into() });
    if let Value::Object(fields) = value {
        map.extend(fields);
    }
    Value::Object(map)
}

fn figures(counts: &Counts) -> Value {
    let [covered_3, covered_8] = counts.covered();
    json!({
        "articles": counts.articles,
        "gold": counts.gold,
        "found": counts.found,
        "span_exact": figure(counts.span_exact()),
        "span_relaxed": figure(counts.span_relaxed()),
        "attr_mention": share(counts.mention),
        "attr_resolved": share(counts.resolved),
        "joint": figure(counts.joint()),
        "covered_0.3": figure(covered_3),
        "covered_0.8": figure(covered_8),
        "kind": share(counts.kind),
    })
}

fn figure(figure: Figure) -> Value {
    json!({ "precision": figure.precision, "recall": figure.recall, "f1": figure.f1 })
}

fn share(share: Share) -> Value {
    json!({ "share": share.value(), "right": share.right, "of": share.of, "silent": share.silent })
}

fn reliability(report: &Report) -> Value {
    let reliability = report.reliability();
    let bins = (0_u8..).zip(&reliability.bins).map(|(n, bin)| {
        let (predicted, observed) = bin.means().unzip();
        let (from, to) = (f64::from(n) / 10.0, f64::from(n + 1) / 10.0);
        json!({ "from": from, "to": to, "count": bin.count, "predicted": predicted, "observed": observed })
    });
    json!({
        "bins": bins.collect::<Vec<_>>(),
        "auroc": reliability.auroc,
        "without_confidence": report.without_confidence,
    })
}

fn mistake(mistake: &Mistake) -> Value {
    json!({
        "id": mistake.id,
        "error": mistake.fault.name(),
        "expected": mistake.expected.as_ref().map(side),
        "found": mistake.found.as_ref().map(side),
        "excerpt": mistake.excerpt,
    })
}

fn side(side: &Side) -> Value {
    json!({
        "start": side.at.start,
        "end": side.at.end,
        "text": side.words,
        "kind": side.kind,
        "speaker_mention": side.mention,
        "speaker_resolved": side.name,
        "rule": side.rule,
        "confidence": side.confidence,
    })
}
