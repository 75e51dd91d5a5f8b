//! What is wrong with an institution's rules, and what two versions of them differ in.
//!
//! ```text
//!   model::Institution ──┬──► checks::run ──► findings, each a fact with a place and a witness
//!                        ├──► compare     ──► who leads, who may, which steps: before and after
//!                        └──► network     ──► betweenness, points of failure, circles, Gini
//! ```
//!
//! - [`checks`] holds one file and one page for each check: the page has its sentences, and its examples are tests.
//! - [`compare`] tells exactly on which region two divisions of powers differ.
//! - [`network`] measures graphs exactly and knows no word of law.
//!
//! This crate makes no sentences and reads no files.
//!
//! # Example
//! ```
//! use linkage_analysis::checks::find;
//!
//! let gap = find("D001").expect("the check of gaps");
//! assert_eq!(gap.name, "gap");
//! ```

pub mod checks;
pub mod compare;
pub mod network;
