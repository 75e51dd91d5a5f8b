//! From a draft to rule files.

use std::collections::BTreeSet;
use std::fmt::Write;

use super::Draft;
use super::naming::Naming;
use super::powers::{Law, Place};
use linkage_syntax::{FormatError, Keywords, format};

/// The first line of every file, by which a later import knows its own.
const HEADING: &str = "// Imported from a list of powers. Do not edit: import again.\n\n";

/// The files of the package by name, in canonical form.
///
/// # Errors
/// The text that was written can't be read: a defect of the import, told with what can't be read.
pub fn files(draft: &Draft, name: &str) -> Result<Vec<(String, String)>, FormatError> {
    let mut writer = Writer::default();
    let parts = [
        ("laws.linkage", writer.laws(draft)),
        ("matters.linkage", writer.matters(draft)),
        ("mandates.linkage", writer.mandates(draft)),
        ("bodies.linkage", writer.bodies(draft)),
    ];
    let mut files = vec![("linkage.yaml".to_owned(), format!("name: {name}\nlanguage: 1\n"))];
    for (file, text) in parts {
        files.push((file.into(), format(&format!("{HEADING}{text}"), Keywords::Kept)?));
    }
    Ok(files)
}

/// Writes each kind of declaration, and the names by which they know each other.
#[derive(Default)]
struct Writer {
    laws: Naming,
    bodies: Naming,
    powers: Naming,
    areas: Naming,
    matters: Naming,
    mandates: Naming,
}

impl Writer {
    fn laws(&mut self, draft: &Draft) -> String {
        let mut out = String::new();
        for (title, law) in &draft.laws {
            let _ = writeln!(out, "law {} {} {{", self.laws.of(title), quoted(title));
            if let Some(rank) = &law.rank {
                let _ = writeln!(out, "rank {rank}");
            }
            if let Some((from, until, _)) = law.dates {
                let _ = from.map(|day| writeln!(out, "from {day}"));
                let _ = until.map(|day| writeln!(out, "until {day}"));
            }
            let articles: BTreeSet<&(u32, String)> = law.entries.keys().map(|place| &place.article).collect();
            for article in articles.into_iter().filter(|(_, cited)| !cited.is_empty()) {
                self.article(&mut out, title, law, article);
            }
            out.push_str("}\n\n");
        }
        out
    }

    fn article(&mut self, out: &mut String, title: &str, law: &Law, article: &(u32, String)) {
        let _ = writeln!(out, "{} {{", article.1.replace("art ", "article "));
        let mut slots: BTreeSet<String> = BTreeSet::new();
        for (place, entry) in law.entries.iter().filter(|(place, _)| place.article == *article) {
            let body = self.body(title, place, entry.is_slot);
            if entry.is_slot && slots.insert(body.clone()) && self.first_use(law, place) {
                let _ = writeln!(out, "slot {body} {}", quoted(&place.body));
            }
            let powers: Vec<String> = entry.powers.iter().map(|power| self.powers.of(power)).collect();
            let _ = writeln!(out, "grant {} to {body}{}", powers.join(", "), self.region(title, place));
        }
        out.push_str("}\n");
    }

    /// Whether no earlier article of the law names the same slot.
    #[expect(clippy::unused_self, reason = "it reads as a question to the writer")]
    fn first_use(&self, law: &Law, place: &Place) -> bool {
        let same =
            |(other, entry): &(&Place, &super::powers::Entry)| entry.is_slot && other.body == place.body;
        law.entries.iter().find(same).is_none_or(|(first, _)| first.article == place.article)
    }

    /// A phrase that names nobody stands for another body in each law.
    fn body(&mut self, law: &str, place: &Place, is_slot: bool) -> String {
        if is_slot {
            let slot = format!("{} {}", place.body, self.laws.of(law));
            return self.bodies.of(&slot);
        }
        self.bodies.of(&place.body)
    }

    fn region(&mut self, law: &str, place: &Place) -> String {
        let mut region = format!(" over {}", self.matter(law, place));
        if let Some(area) = &place.area {
            let _ = write!(region, " in {}", self.areas.of(area));
        }
        region
    }

    /// The path of a matter: the law, the article, and the matter within it.
    fn matter(&mut self, law: &str, place: &Place) -> String {
        let mut path = self.laws.of(law);
        if !place.article.1.is_empty() {
            let _ = write!(path, ".{}", article_name(law, &place.article.1));
        }
        if let Some(matter) = &place.matter {
            let _ = write!(path, ".{}", self.matters.of(matter));
        }
        path
    }

    fn matters(&mut self, draft: &Draft) -> String {
        let mut out = String::new();
        let areas: BTreeSet<&String> = draft
            .laws
            .values()
            .flat_map(|law| law.entries.keys())
            .filter_map(|place| place.area.as_ref())
            .collect();
        if areas.is_empty() {
            out.push_str("area everywhere \"全部区域\"\n\n");
        }
        for area in areas {
            let _ = writeln!(out, "area {} {}", self.areas.of(area), quoted(area));
        }
        for (title, law) in &draft.laws {
            let _ = writeln!(out, "matter {} {} {{", self.laws.of(title), quoted(title));
            let articles: BTreeSet<&(u32, String)> = law.entries.keys().map(|place| &place.article).collect();
            for article in articles {
                let matters: BTreeSet<&String> = law
                    .entries
                    .keys()
                    .filter(|place| place.article == *article)
                    .filter_map(|place| place.matter.as_ref())
                    .collect();
                let named = !article.1.is_empty();
                if named {
                    let name = article_name(title, &article.1);
                    let _ = write!(out, "{name} {}", quoted(&article_title(&article.1)));
                    out.push_str(if matters.is_empty() { "\n" } else { " {\n" });
                }
                for matter in &matters {
                    let _ = writeln!(out, "{} {}", self.matters.of(matter), quoted(matter));
                }
                if named && !matters.is_empty() {
                    out.push_str("}\n");
                }
            }
            out.push_str("}\n\n");
        }
        out
    }

    fn mandates(&mut self, draft: &Draft) -> String {
        let mut out = String::new();
        for (title, law) in &draft.laws {
            for (place, entry) in &law.entries {
                let law = self.laws.of(title);
                let name = match place.article.1.as_str() {
                    "" => format!("{law} {}", entry.line),
                    cited => format!("{law} {} {}", article_name(title, cited), entry.line),
                };
                let name = self.mandates.of(&name);
                let body = self.body(title, place, entry.is_slot);
                let powers: Vec<String> = entry.powers.iter().map(|power| self.powers.of(power)).collect();
                let region = self.region(title, place);
                let _ = writeln!(
                    out,
                    "mandate {name} {{\nlead {body}\n{region}\nbasis {law} {}\npower {}\n}}\n",
                    place.article.1,
                    powers.join(", ")
                );
            }
        }
        out
    }

    fn bodies(&mut self, draft: &Draft) -> String {
        let (mut bodies, mut powers) = (BTreeSet::new(), BTreeSet::new());
        for (place, entry) in draft.laws.values().flat_map(|law| &law.entries) {
            powers.extend(&entry.powers);
            if !entry.is_slot {
                bodies.insert(&place.body);
            }
        }
        let mut out = String::new();
        // Heirs that no row names are bodies too.
        bodies.extend(
            draft
                .heirs
                .iter()
                .filter(|heir| bodies.contains(&heir.old))
                .map(|heir| &heir.new)
                .collect::<Vec<_>>(),
        );
        let known = bodies.clone();
        for body in bodies {
            let _ = write!(out, "body {} {} {{", self.bodies.of(body), quoted(body));
            for heir in draft.heirs.iter().filter(|heir| heir.new == *body && known.contains(&heir.old)) {
                let _ = write!(out, "\nsucceeds {} since {}", self.bodies.of(&heir.old), heir.since);
            }
            out.push_str("\n}\n\n");
        }
        for power in powers {
            let _ = writeln!(out, "power {} {} {{}}\n", self.powers.of(power), quoted(power));
        }
        out
    }
}

/// The name of an article in the script of its law: names that mix scripts are easily mistaken.
fn article_name(law: &str, cited: &str) -> String {
    let plain = cited.trim_start_matches("art ");
    let name: String = plain.chars().map(|it| if it.is_alphanumeric() { it } else { '_' }).collect();
    let name = name.trim_matches('_');
    let numbered = name.starts_with(|it: char| it.is_ascii_digit());
    match (numbered, law.contains(|it: char| it.is_ascii_alphabetic())) {
        (true, true) => format!("art_{name}"),
        (true, false) => format!("第{name}条"),
        (false, _) => name.to_owned(),
    }
}

fn article_title(cited: &str) -> String {
    cited.strip_prefix("art ").map_or_else(|| cited.to_owned(), |number| format!("第{number}条"))
}

/// A text in quotes; line breaks in a cell are spaces in a title.
fn quoted(text: &str) -> String {
    let plain: String = text.chars().map(|it| if it.is_control() { ' ' } else { it }).collect();
    format!("\"{}\"", plain.replace('\\', "\\\\").replace('"', "\\\""))
}
