//! Who leads, and why.
/// stub
pub fn who() {}
