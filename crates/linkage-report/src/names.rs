//! Names of the rules in words: Chinese by titles, English by names.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::fact::{listed, reason_words};
use super::terminal::visible;
use linkage_calendar::Duration;
use linkage_case::{Charged, Cited, Due, Fact, Facts, Fallback, REPORTER, Why};
use linkage_model::{Head, Institution, Procedure, Sharing};
use linkage_syntax::article_in_zh;
use linkage_text::Language;

/// So much of a hash as tells rules apart.
pub(super) fn short(hash: &str) -> &str {
    hash.get(..12).unwrap_or(hash)
}

/// What turns names into words.
pub(super) struct Names<'i> {
    pub institution: &'i Institution,
    pub zone: &'i TimeZone,
    pub language: Language,
}

impl Names<'_> {
    /// One of two sentences.
    pub(super) fn say(&self, en: String, zh: String) -> String {
        self.language.pick(en, zh)
    }

    fn head<'h>(&self, name: &str, mut heads: impl Iterator<Item = &'h Head>) -> String {
        match (self.language, heads.find(|head| head.name == name)) {
            (Language::Zh, Some(head)) => visible(head.label()),
            _ => visible(name),
        }
    }

    pub(super) fn body(&self, name: &str) -> String {
        if name == REPORTER {
            return self.language.pick("the reporter", "报告人").to_owned();
        }
        self.head(name, self.institution.bodies.iter().map(|body| &body.head))
    }

    pub(super) fn bodies<N: AsRef<str>>(&self, names: &[N]) -> String {
        if names.is_empty() {
            return self.language.pick("nobody", "无").to_owned();
        }
        listed(names.iter().map(|name| self.body(name.as_ref())).collect(), self.language)
    }

    pub(super) fn charged(&self, charged: &[Charged]) -> String {
        let names: Vec<&str> = charged.iter().map(|one| one.body.as_str()).collect();
        self.bodies(&names)
    }

    pub(super) fn mandate(&self, name: &str) -> String {
        self.head(name, self.institution.mandates.iter().map(|mandate| &mandate.head))
    }

    pub(super) fn exclusion(&self, name: &str) -> String {
        self.head(name, self.institution.exclusions.iter().map(|exclusion| &exclusion.head))
    }

    pub(super) fn resolution(&self, name: &str) -> String {
        self.head(name, self.institution.resolutions.iter().map(|resolution| &resolution.head))
    }

    pub(super) fn procedure(&self, name: &str) -> String {
        self.head(name, self.institution.procedures.iter().map(|procedure| &procedure.head))
    }

    pub(super) fn resource(&self, name: &str) -> String {
        self.head(name, self.institution.resources.iter().map(|resource| &resource.head))
    }

    pub(super) fn channel(&self, name: &str) -> String {
        self.head(name, self.institution.channels.iter().map(|channel| &channel.head))
    }

    pub(super) fn power(&self, name: &str) -> String {
        self.head(name, self.institution.powers.iter().map(|power| &power.head))
    }

    pub(super) fn law(&self, name: &str) -> String {
        self.head(name, self.institution.laws.iter().map(|law| &law.head))
    }

    /// A step by its name, in a procedure by its name.
    pub(super) fn step(&self, procedure: &str, name: &str) -> String {
        let own = self.institution.procedures.iter().filter(|own| own.head.name == procedure);
        self.head(name, own.flat_map(|own| own.nodes.iter().map(|node| &node.head)))
    }

    pub(super) fn outcome(&self, procedure: &str, step: &str, name: &str) -> String {
        let own = self.institution.procedures.iter().filter(|own| own.head.name == procedure);
        let nodes = own.flat_map(|own| &own.nodes).filter(|node| node.head.name == step);
        let outcomes = nodes.flat_map(|node| match &node.kind {
            linkage_model::NodeKind::Step(step) => step.outcomes.as_slice(),
            _ => &[],
        });
        self.head(name, outcomes.map(|outcome| &outcome.head))
    }

    /// An outcome as it is to be typed, with its title where it is told by one.
    pub(super) fn outcome_to_type(&self, procedure: &str, step: &str, name: &str) -> String {
        match self.outcome(procedure, step, name) {
            title if title == name => title,
            title => format!("{name}（{title}）"),
        }
    }

    pub(super) fn cited(&self, basis: &[Cited]) -> String {
        let one = |cited: &Cited| match (&cited.article, self.language) {
            (Some(article), Language::En) => format!("{} art {article}", self.law(&cited.law)),
            (Some(article), Language::Zh) => format!("{}{}", self.law(&cited.law), article_in_zh(article)),
            (None, _) => self.law(&cited.law),
        };
        let all: Vec<String> = basis.iter().map(one).collect();
        all.join(self.language.pick(", ", "、"))
    }

    /// An instant on the clock of the calendar.
    pub(super) fn instant(&self, at: Timestamp) -> String {
        self.zone.to_datetime(at).strftime("%Y-%m-%d %H:%M").to_string()
    }

    /// The end of a time: what ends at midnight ends on the day before, at 24:00.
    pub(super) fn end(&self, at: Timestamp) -> String {
        let wall = self.zone.to_datetime(at);
        match wall.date().yesterday() {
            Ok(day) if wall.hour() == 0 && wall.minute() == 0 => format!("{day} 24:00"),
            _ => self.instant(at),
        }
    }

    pub(super) fn due(&self, due: &Due) -> String {
        let at = self.end(due.at);
        let doubt = self.language.pick(" (provisional: holidays not announced)", "（暂定：节假日尚未公布）");
        let doubt = if due.provisional { doubt } else { "" };
        let within = self.within(&due.within);
        self.say(format!("due {at}, within {within}{doubt}"), format!("期限{at}（{within}）{doubt}"))
    }

    /// A duration as events keep it, in English, in words.
    pub(super) fn within(&self, text: &str) -> String {
        let known = Duration::read(text);
        known.map_or_else(|| text.to_owned(), |duration| duration.in_words(self.language))
    }

    /// What is owed, by its name among the procedures and channels.
    pub(super) fn owed(&self, name: &str) -> String {
        let own = self.institution.procedures.iter().flat_map(Procedure::all_owes).map(|owe| &owe.head);
        let channels = self.institution.channels.iter().map(|channel| &channel.head);
        self.head(name, own.chain(channels))
    }

    /// Several things that are owed.
    pub(super) fn all_owed(&self, names: &[ecow::EcoString]) -> String {
        let names: Vec<String> = names.iter().map(|name| self.owed(name)).collect();
        names.join(self.language.pick(", ", "、"))
    }

    /// Between a name and what is said of it.
    pub(super) fn colon(&self) -> &'static str {
        self.language.pick(": ", "：")
    }

    pub(super) fn facts(&self, facts: &Facts) -> String {
        let one = |(name, fact): (&ecow::EcoString, &Fact)| match self.language {
            Language::En => format!("{name}={fact}"),
            Language::Zh => super::region::fact_words(self.institution, name, &fact.to_string()),
        };
        visible(&facts.iter().map(one).collect::<Vec<_>>().join(self.language.pick(" ", "，")))
    }

    /// Why a body is charged.
    pub(super) fn why(&self, why: &Why) -> String {
        let settled = |resolution: &Option<ecow::EcoString>| match resolution {
            Some(resolution) => self.resolution(resolution),
            None => self.language.pick("the forum of the package", "本机制的争议解决规则").to_owned(),
        };
        match why {
            Why::Named => self.language.pick("the rule names it", "规则列名").to_owned(),
            Why::StandsFor { named } => {
                let named = self.body(named);
                self.say(
                    format!("it stands for {named}, which the rule names"),
                    format!("承接规则所列的{named}"),
                )
            }
            Why::Serves { area } => match area {
                Some(area) => {
                    let area = visible(area);
                    self.say(format!("it serves {area}"), format!("服务区域：{area}"))
                }
                None => self.language.pick("it serves everywhere", "服务全部区域").to_owned(),
            },
            Why::Kind { kind } => self.say(format!("it is of the kind {kind}"), format!("类别：{kind}")),
            Why::Mandate { mandate, basis, overrides, sharing } => {
                let mut words = self.say(
                    format!("by mandate {}", self.mandate(mandate)),
                    format!("依职责“{}”", self.mandate(mandate)),
                );
                if !basis.is_empty() {
                    let cited = self.cited(basis);
                    words.push_str(&self.say(format!(" on {cited}"), format!("（{cited}）")));
                }
                for other in overrides {
                    let (name, bodies) = (self.mandate(&other.mandate), self.bodies(&other.bodies));
                    let reason = reason_words(other.reason, self.language);
                    words.push_str(&self.say(
                        format!("; over {name} of {bodies}: {reason}"),
                        format!("；优先于{bodies}的“{name}”：{reason}"),
                    ));
                }
                if let Some(sharing) = sharing {
                    let word = match sharing {
                        Sharing::Joint => self.language.pick("jointly", "共同牵头"),
                        Sharing::Parallel => self.language.pick("in parallel", "并行牵头"),
                        Sharing::Subsidiary => self.language.pick("in turn", "依次补充"),
                    };
                    words.push_str(&self.say(format!("; shared {word}"), format!("；{word}")));
                }
                words
            }
            Why::Claims { mandate, basis } => {
                let (mandate, cited) = (self.mandate(mandate), self.cited(basis));
                self.say(
                    format!("it claims the lead by {mandate} on {cited}"),
                    format!("依“{mandate}”（{cited}）主张牵头"),
                )
            }
            Why::Precedence { resolution } => {
                let by = settled(resolution);
                self.say(format!("{by} puts it first"), format!("{by}将其列在首位"))
            }
            Why::FirstReceiver { resolution } => {
                let by = settled(resolution);
                self.say(format!("the first receiver keeps it, by {by}"), format!("首接负责，依{by}"))
            }
            Why::Agreed => self.language.pick("the claimants agree", "各方协商一致").to_owned(),
            Why::Designated { by } => {
                let by = self.body(by);
                self.say(format!("designated by {by}"), format!("由{by}指定"))
            }
            Why::Supports { by } => self.say(format!("it supports by {by}"), format!("依“{by}”配合")),
            Why::Superior { of } => {
                let of = self.bodies(of);
                self.say(format!("it stands above {of}"), format!("{of}的上级"))
            }
            Why::Supervises { by } => self.say(format!("it supervises by {by}"), format!("依“{by}”督办")),
            Why::Chairs => {
                self.language.pick("it chairs, and the voices are even", "主持会商，意见相持").to_owned()
            }
            Why::Reported => self.language.pick("it reported", "报告人").to_owned(),
            Why::HandedOver { by } => {
                let by = self.body(by);
                self.say(format!("handed over by {by}"), format!("由{by}移交"))
            }
            Why::Took => self.language.pick("it took the matter on", "接手处理").to_owned(),
            Why::Fallback { cause } => {
                let cause = match cause {
                    Fallback::Gap => self.language.pick("nobody leads: a gap", "无人牵头（空白）"),
                    Fallback::Nobody => {
                        self.language.pick("nobody answers to the rule", "没有符合规则的主体")
                    }
                    Fallback::Refused => self.language.pick("all refused", "各方均拒绝"),
                    Fallback::Outside => {
                        self.language.pick("it is outside the scope of these rules", "不在本规则的适用范围内")
                    }
                    Fallback::NoForum => self.language.pick("no forum settled it", "没有途径解决争议"),
                };
                self.say(format!("as the fallback body: {cause}"), format!("兜底单位：{cause}"))
            }
        }
    }
}
