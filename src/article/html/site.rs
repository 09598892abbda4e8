//! The site that a page belongs to, as far as it helps to tell the site's name from a headline: the names that the page gives
//! it, and the address of the page.

use std::collections::BTreeSet;

use super::top::folded;

/// What is known of the site of a page, and of the page's place in it.
#[derive(Debug, Default)]
pub(super) struct Site {
    /// Its names as written.
    names: Vec<String>,
    /// The name of its host, without `www`.
    host: Option<String>,
    /// The last part of the page's address that has words in it, folded.
    slug: String,
}

/// What stands between the headline and the site's name in a window title.
pub(super) const MARKS: [&str; 8] = [" | ", " – ", " — ", " - ", " · ", " » ", " :: ", " • "];

impl Site {
    /// The site with these names, of a page with this address.
    pub(super) fn new(names: impl IntoIterator<Item = String>, address: Option<&str>) -> Self {
        let mut site = Self { names: names.into_iter().collect(), ..Self::default() };
        let Some((_, rest)) = address.and_then(|address| address.split_once("://")) else { return site };
        let rest = rest.split(['?', '#']).next().unwrap_or_default();
        let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
        let host = host.split(':').next().unwrap_or_default().to_ascii_lowercase();
        site.host = Some(host.strip_prefix("www.").unwrap_or(&host).to_owned()).filter(|host| host.contains('.'));
        let slug = path.rsplit('/').find(|part| part.contains(|c: char| c.is_ascii_alphabetic()));
        site.slug = slug.map(|slug| folded(slug.split('.').next().unwrap_or_default())).unwrap_or_default();
        site
    }

    /// Learns another name.
    pub(super) fn add(&mut self, name: &str) {
        self.names.push(name.to_owned());
    }

    /// Whether these words are a name of the site, perhaps with a word or two more: `The Courier News`.
    pub(super) fn is_named(&self, words: &str) -> bool {
        const MORE: usize = 3;
        // `The Courier of Port Ellery (TCPE)`
        let short = words.strip_suffix(')').and_then(|words| words.rsplit_once(" (")).map(|(_, short)| folded(short));
        let (count, words) = (words.split_whitespace().count(), folded(words));
        let named = |name: &String| {
            let (long, name) = (name.split_whitespace().count() + MORE, folded(name));
            let part = |short: &str, whole: &str| short.len() >= 12 && whole.contains(short);
            !name.is_empty() && (words == name || (count <= long && part(&name, &words)) || part(&words, &name))
        };
        let abbreviated = |short: String| self.is_hosted(&short) || self.names.iter().any(|name| folded(name) == short);
        self.is_hosted(&words) || self.names.iter().any(named) || short.is_some_and(abbreviated)
    }

    /// Whether these words are a name of the site and nothing more.
    fn is_called(&self, words: &str) -> bool {
        let words = folded(words);
        self.is_hosted(&words) || self.names.iter().any(|name| folded(name) == words)
    }

    /// Whether these words, folded, are the name of the host: `thecourier` of `www.thecourier.example`.
    fn is_hosted(&self, words: &str) -> bool {
        let Some(host) = &self.host else { return false };
        // `news.thecourier.co.example`: the last label that does not stand behind many sites' own names.
        const SHARED: [&str; 10] = ["co", "com", "org", "net", "ac", "gov", "edu", "or", "ne", "go"];
        let own = host.rsplit('.').skip(1).find(|label| !SHARED.contains(label));
        !words.is_empty() && (own.is_some_and(|label| folded(label) == words) || folded(host) == words)
    }

    /// Whether the page's address was made of these words and no others.
    pub(super) fn is_slug(&self, words: &str) -> bool {
        !self.slug.is_empty() && self.slug == folded(words)
    }

    /// Whether the page's address was made of one title rather than of another: it holds several of its words, and more of them.
    pub(super) fn is_nearer(&self, title: &str, other: &str) -> bool {
        /// Words with fewer bytes stand in any address.
        const SHORTEST: usize = 4;
        const LEAST: usize = 3;
        const MOST: usize = 60;
        let held = |title: &str| {
            let words = title.split(|c: char| !c.is_alphanumeric()).map(folded).filter(|word| word.len() >= SHORTEST);
            words.take(MOST).filter(|word| self.slug.contains(word.as_str())).collect::<BTreeSet<_>>().len()
        };
        let words = held(title);
        words >= LEAST && words > held(other)
    }

    /// `Words of the headline - The Site`, or `The Site: Words of the headline`, without the site.
    pub(super) fn without<'a>(&self, title: &'a str) -> &'a str {
        /// No headline is longer, in bytes, with any name of a site.
        const LONGEST: usize = 2000;
        if title.len() > LONGEST {
            return title;
        }
        // From its end on: a headline may hold such a sign itself.
        let mut ends: Vec<_> = MARKS.iter().filter_map(|mark| Some((title.rfind(mark)?, *mark))).collect();
        ends.sort_unstable_by(|one, other| other.cmp(one));
        for (at, mark) in ends {
            let Some((words, tail)) = title.split_at_checked(at) else { continue };
            let tail = tail.get(mark.len()..).unwrap_or_default();
            let short = tail.split_whitespace().count() <= 4 && words.split_whitespace().count() >= 2;
            // A dash may stand in a headline.
            let dashed = matches!(mark, " - " | " – " | " — ");
            let likely = short && (!dashed || tail.contains(".com")) && !self.is_named(words);
            if likely || self.is_named(tail) {
                return self.without(words);
            }
        }
        self.without_head(title)
    }

    /// `The Site: Words of the headline` without the site.
    fn without_head<'a>(&self, title: &'a str) -> &'a str {
        const LEAST: usize = 2;
        let long = |words: &str| words.split_whitespace().count() >= LEAST;
        let mut heads: Vec<_> = MARKS.iter().filter_map(|mark| title.split_once(mark)).collect();
        heads.sort_unstable_by_key(|(head, _)| head.len());
        if let Some((head, words)) = heads.first()
            && long(words)
            && self.is_called(head)
        {
            return self.without_head(words);
        }
        // Before a colon there may stand what the headline is about: only a name of several words is surely the site's.
        if let Some((head, words)) = title.split_once(": ")
            && long(words)
            && long(head)
            && self.names.iter().any(|name| folded(name) == folded(head))
        {
            return self.without_head(words);
        }
        // `thecourier.example Words of the headline`
        let hosts = self.names.iter().map(String::as_str).chain(self.host.as_deref());
        let behind = |host: &str| {
            let (head, words) = title.split_at_checked(host.len())?;
            let words = words.strip_prefix(' ').filter(|words| long(words))?;
            (host.contains('.') && !host.contains(' ') && head.eq_ignore_ascii_case(host)).then_some(words)
        };
        hosts.into_iter().find_map(behind).unwrap_or(title)
    }
}

/// Whether a link leads to the first page of a site.
pub(super) fn is_home(link: &str) -> bool {
    let link = link.trim();
    if matches!(link, "/" | "./" | "../" | "/index.html") {
        return true;
    }
    // With no path at all it leads to the first page of whatever it leads to.
    link.split_once("//").is_some_and(|(_, rest)| !rest.trim_end_matches('/').contains(['/', '?', '#']))
}

#[cfg(test)]
mod tests {
    use super::{Site, is_home};

    fn site() -> Site {
        let address = "https://www.harbourblog.co.example/2019/03/closing-the-slip.html?from=mail";
        Site::new(["The Port Ellery Courier".to_owned()], Some(address))
    }

    #[test]
    fn headlines_are_told_from_the_site() {
        for (title, words) in [
            ("Board Closes Slip - The Port Ellery Courier", "Board Closes Slip"),
            ("Board Closes Slip - Port Ellery Courier", "Board Closes Slip"),
            ("Board Closes Slip - HarbourBlog", "Board Closes Slip"),
            ("Board Closes Slip – Harbour Blog | Local News", "Board Closes Slip"),
            ("The Port Ellery Courier | harbourblog.co.example - Board Closes Slip", "Board Closes Slip"),
            ("The Port Ellery Courier: Board Closes Slip", "Board Closes Slip"),
            ("harbourblog.co.example Board Closes Slip", "Board Closes Slip"),
            ("Board Closes Slip - Journal of the Port Ellery Harbour Masters (HarbourBlog)", "Board Closes Slip"),
            // A dash in the headline, and a headline about the site.
            ("Board Closes Slip - Harbour Master Quits", "Board Closes Slip - Harbour Master Quits"),
            (
                "Board Closes Slip - What the Port Ellery Courier Had Wrong All Along",
                "Board Closes Slip - What the Port Ellery Courier Had Wrong All Along",
            ),
            ("Harbourblog: Board Closes Slip", "Harbourblog: Board Closes Slip"),
        ] {
            assert_eq!(site().without(title), words, "{title}");
        }
    }

    #[test]
    fn addresses_tell_the_way_home() {
        for (link, home) in [
            ("/", true),
            ("https://harbourblog.co.example", true),
            ("//www.harbourblog.co.example/", true),
            ("/2019/03/closing-the-slip.html", false),
            ("https://harbourblog.co.example/2019/", false),
            ("https://mill.example/", true),
            ("https://mill.example/grain", false),
        ] {
            assert_eq!(is_home(link), home, "{link}");
        }
        assert!(site().is_slug("Closing the slip"));
        assert!(!site().is_slug("Closing the old slip"));
        assert!(!Site::new([], None).is_slug(""));
    }

    #[test]
    fn addresses_tell_of_what_they_were_made() {
        let site = Site::new([], Some("https://harbourblog.example/board-closes-old-slips"));
        for (title, other, nearer) in [
            ("Board Closes Two Old Slips", "The Slip and the Harbour Board", true),
            ("The Board Closes Its Slip", "A Farewell to Boats", true),
            // The same words, and too few of them.
            ("Board Closes Slips, Slips, Slips", "Slips: Closes, Says Board", false),
            ("A Look at the Harbour Board", "A Farewell to Boats", false),
        ] {
            assert_eq!(site.is_nearer(title, other), nearer, "{title} / {other}");
        }
        assert!(!Site::new([], None).is_nearer("Board Closes Two Old Slips", ""));
    }
}
