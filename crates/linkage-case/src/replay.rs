//! The world again, from what happened.

use super::{Event, World, apply_all};

/// The state after these events.
pub fn replay<'e>(events: impl IntoIterator<Item = &'e Event>) -> World {
    let mut world = World::default();
    apply_all(&mut world, events);
    world
}
