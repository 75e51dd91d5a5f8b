//! The one test binary: what the library promises as a whole.

mod architecture;
mod checks;
mod cli;
mod syntax;
