//! The one test binary: what the library promises as a whole.

mod syntax;
