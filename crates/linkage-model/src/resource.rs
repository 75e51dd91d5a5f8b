//! Resources and the channels by which they reach other bodies.

use ecow::EcoString;

use super::{BodyId, Citation, Content, Head, Period, ResourceId};
use linkage_calendar::Duration;
use linkage_regions::NodeRef;
use linkage_syntax::Keyword;
use linkage_text::Span;

/// Data, equipment, people, funds or premises.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resource {
    /// Name, title, place.
    pub head: Head,
    /// What it is.
    pub kind: Option<ResourceKind>,
    /// Who holds it.
    pub holders: Vec<(BodyId, Span)>,
    /// Whether it is personal data, and whether sensitive.
    pub personal: Option<bool>,
    /// What it may be used for.
    pub purposes: Vec<EcoString>,
    /// The data fields.
    pub fields: Vec<EcoString>,
    /// How long it is kept.
    pub retention: Option<Duration>,
    /// How much of it there is.
    pub capacity: Option<i64>,
    /// Where it is.
    pub areas: Vec<NodeRef>,
    /// On what basis it is held.
    pub basis: Vec<Citation>,
}

/// What a resource is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ResourceKind {
    /// 数据
    Data,
    /// 设备
    Equipment,
    /// 人员
    People,
    /// 资金
    Funds,
    /// 场所
    Premises,
}

/// A lawful way for resources to reach another body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Channel {
    /// Name, title, place.
    pub head: Head,
    /// What it carries.
    pub carries: Vec<(ResourceId, Span)>,
    /// From whom.
    pub givers: Vec<(BodyId, Span)>,
    /// To whom.
    pub receivers: Vec<(BodyId, Span)>,
    /// Of which kind it is.
    pub mode: Option<ChannelMode>,
    /// What for.
    pub purposes: Vec<EcoString>,
    /// On what basis.
    pub basis: Vec<Citation>,
    /// What the receiver owes in return, and within what time.
    pub owes: Vec<(Content, Option<EcoString>, Option<Duration>)>,
    /// When it is open; none means always.
    pub open: Option<Vec<Period>>,
}

/// The kind of a channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ChannelMode {
    /// 开放平台
    OpenPlatform,
    /// 购买服务
    Purchase,
    /// 协议
    Agreement,
    /// 指令
    Order,
}

impl ChannelMode {
    /// The keyword of the mode.
    pub fn keyword(self) -> Keyword {
        match self {
            Self::OpenPlatform => Keyword::OpenPlatform,
            Self::Purchase => Keyword::Purchase,
            Self::Agreement => Keyword::Agreement,
            Self::Order => Keyword::Order,
        }
    }
}
