//! Resources and channels.

use super::super::{Channel, ChannelMode, Content, Entity, Resource, ResourceId, ResourceKind};
use super::Resolver;
use super::bodies::plain;
use super::names::head;
use super::region::periods;
use linkage_syntax::{Clause, Keyword, Name};

impl Resolver<'_> {
    pub(super) fn resources(&mut self) {
        for clause in self.of(Keyword::Resource) {
            let resource = self.resource(clause);
            self.it.resources.push(resource);
        }
        for clause in self.of(Keyword::Channel) {
            let channel = self.channel(clause);
            self.it.channels.push(channel);
        }
    }

    fn resource(&mut self, clause: &Clause) -> Resource {
        let clauses = clause.clauses();
        self.once(clauses);
        let mut resource = Resource {
            head: head(clause),
            kind: None,
            holders: Vec::new(),
            personal: None,
            purposes: Vec::new(),
            fields: Vec::new(),
            retention: None,
            capacity: None,
            areas: Vec::new(),
            basis: self.basis(clauses),
        };
        for inner in clauses {
            match inner.keyword {
                Keyword::Kind => resource.kind = inner.words().find_map(|word| resource_kind(word.keyword)),
                Keyword::Holder => resource.holders.extend(self.named_bodies(inner)),
                Keyword::Personal => resource.personal = Some(inner.has(Keyword::Sensitive)),
                Keyword::Purpose => resource.purposes.extend(plain(inner)),
                Keyword::Fields => resource.fields.extend(plain(inner)),
                Keyword::Retention => resource.retention = inner.duration().map(|(duration, _)| duration),
                Keyword::Capacity => resource.capacity = inner.number().map(|(number, _)| number),
                Keyword::In => {
                    let names: Vec<&Name> = inner.names().collect();
                    resource.areas.extend(names.into_iter().filter_map(|name| self.node(Entity::Area, name)));
                }
                _ => {}
            }
        }
        self.needed(clause, Keyword::Holder);
        resource
    }

    fn channel(&mut self, clause: &Clause) -> Channel {
        let clauses = clause.clauses();
        self.once(clauses);
        let mut channel = Channel {
            head: head(clause),
            carries: Vec::new(),
            givers: Vec::new(),
            receivers: Vec::new(),
            mode: None,
            purposes: Vec::new(),
            basis: self.basis(clauses),
            owes: Vec::new(),
            open: None,
        };
        for inner in clauses {
            match inner.keyword {
                Keyword::Carries => {
                    channel.carries.extend(self.find_all(Entity::Resource, inner, ResourceId))
                }
                Keyword::Giver => channel.givers.extend(self.named_bodies(inner)),
                Keyword::To => channel.receivers.extend(self.named_bodies(inner)),
                Keyword::Mode => channel.mode = inner.words().find_map(|word| channel_mode(word.keyword)),
                Keyword::Purpose => channel.purposes.extend(plain(inner)),
                Keyword::Owes => {
                    let content = inner.words().find_map(|word| content(word.keyword));
                    let within = inner.duration().map(|(duration, _)| duration);
                    channel.owes.extend(content.map(|content| (content, inner.title().cloned(), within)));
                }
                Keyword::During => channel.open = Some(periods(&inner.parts)),
                _ => {}
            }
        }
        for keyword in [Keyword::Carries, Keyword::Giver, Keyword::To] {
            self.needed(clause, keyword);
        }
        channel
    }
}

/// What is owed, as a keyword names it.
pub(super) fn content(keyword: Keyword) -> Option<Content> {
    Some(match keyword {
        Keyword::Feedback => Content::Feedback,
        Keyword::Data => Content::Data,
        Keyword::Staff => Content::Staff,
        Keyword::Payment => Content::Payment,
        Keyword::Report => Content::Report,
        _ => return None,
    })
}

fn resource_kind(keyword: Keyword) -> Option<ResourceKind> {
    Some(match keyword {
        Keyword::Data => ResourceKind::Data,
        Keyword::Equipment => ResourceKind::Equipment,
        Keyword::People => ResourceKind::People,
        Keyword::Funds => ResourceKind::Funds,
        Keyword::Premises => ResourceKind::Premises,
        _ => return None,
    })
}

fn channel_mode(keyword: Keyword) -> Option<ChannelMode> {
    Some(match keyword {
        Keyword::OpenPlatform => ChannelMode::OpenPlatform,
        Keyword::Purchase => ChannelMode::Purchase,
        Keyword::Agreement => ChannelMode::Agreement,
        Keyword::Order => ChannelMode::Order,
        _ => return None,
    })
}
