//! The world again, from what happened.

use super::{Event, World, apply};

/// The state after these events.
pub fn replay<'e>(events: impl IntoIterator<Item = &'e Event>) -> World {
    let mut world = World::default();
    for event in events {
        apply(&mut world, event);
    }
    world
}
