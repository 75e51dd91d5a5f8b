//! Packages read as if amendments were adopted.

use std::path::Path;

use clap::Args;
use ecow::EcoString;
use jiff::civil::Date;

use super::clock::today;
use super::output::Output;
use linkage_package::{Package, load};
use linkage_report::load_sentence;
use linkage_text::Language;

#[derive(Debug, Default, Args)]
pub(super) struct Amended {
    /// Read the rules as if these amendments were adopted, in this order, each after those that it needs
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    pub(super) amend: Vec<EcoString>,
}

impl Amended {
    /// The package at a path, with the amendments adopted; what is wrong is told, and the status answered.
    pub(super) fn load(&self, path: &Path, output: &Output) -> Result<Package, u8> {
        self.read(path, output.language).map_err(|sentence| output.refuse(&sentence, &sentence))
    }

    /// The same; what is wrong is answered as a sentence.
    pub(super) fn read(&self, path: &Path, language: Language) -> Result<Package, String> {
        self.adopted(load(path).map_err(|error| load_sentence(&error, language))?, language)
    }

    /// A package that is read already, with the amendments adopted.
    pub(super) fn adopted(&self, package: Package, language: Language) -> Result<Package, String> {
        let path = package.path.clone();
        package.adopt(&self.amend).map_err(|unknown| {
            let name = &unknown.name;
            let (en, zh) = match (&unknown.near, unknown.all.as_slice()) {
                (Some(near), _) => (format!("did you mean `{near}`?"), format!("是否指“{near}”？")),
                (None, []) => ("the package drafts none".into(), "该规则包没有起草任何修订".into()),
                (None, all) => {
                    (format!("it drafts {}", all.join(", ")), format!("其中有：{}", all.join("、")))
                }
            };
            let path = path.display();
            language.pick(
                format!("{path}: no amendment is named `{name}`; {en}"),
                format!("{path}：没有名为“{name}”的修订；{zh}"),
            )
        })
    }
}

/// The day that is asked about: the one that is named, else today, or the day on which the last of the adopted
/// amendments takes effect if that is later.
pub(super) fn day_of(package: &Package, named: Option<Date>) -> Date {
    named.unwrap_or_else(|| package.in_effect_from().map_or_else(today, |from| from.max(today())))
}
