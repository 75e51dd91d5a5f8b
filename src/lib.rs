//! Linkage: the rules by which public bodies act together, checked before a case falls into their faults.
//!
//! The floors, from the lowest up; a room imports only from floors below its own
//! (`tests/architecture.rs` holds this):
//! `cores` → `text space time network certify` → `syntax` → `model` → `flow` → `checks case` → `workspace store` →
//! `engine cost` → `sim` → `report` → `cli`.

pub mod case;
pub mod certify;
pub mod checks;
pub mod cli;
pub mod compare;
pub mod cores;
pub mod cost;
pub mod engine;
pub mod flow;
pub mod import;
pub mod model;
pub mod network;
pub mod report;
pub mod sim;
pub mod space;
pub mod store;
pub mod syntax;
pub mod text;
pub mod time;
pub mod workspace;
