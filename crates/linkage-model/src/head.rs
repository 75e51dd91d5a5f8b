//! What every declaration has: a name, a title, a place; and the numbers by which the model knows them.

use ecow::EcoString;

use linkage_text::Span;

/// Name, title and place of a declaration.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Head {
    /// The name that rules use.
    pub name: EcoString,
    /// The title that people read.
    pub title: Option<EcoString>,
    /// The comment right above.
    pub doc: Option<String>,
    /// Where the name stands.
    pub span: Span,
}

impl Head {
    /// The title, or the name where there is none.
    pub fn label(&self) -> &str {
        self.title.as_ref().unwrap_or(&self.name)
    }
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub u32);

        impl $name {
            /// The id of the declaration with this index.
            pub fn at(index: usize) -> Self {
                Self(u32::try_from(index).unwrap_or(u32::MAX))
            }

            /// The index of the declaration.
            pub fn index(self) -> usize {
                self.0 as usize
            }
        }
    )*};
}

ids! {
    /// A body, or a slot for one.
    BodyId
    /// A law.
    LawId
    /// A power.
    PowerId
    /// A mandate.
    MandateId
    /// A transfer or an entrustment.
    PassingId
    /// An exclusion.
    ExclusionId
    /// A resource.
    ResourceId
    /// A channel.
    ChannelId
    /// A procedure.
    ProcedureId
    /// A resolution.
    ResolutionId
    /// A property to be proved.
    PropertyId
}
