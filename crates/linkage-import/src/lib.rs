//! From a list that an office keeps to a rule package: powers and duties (权责清单) as CSV or XLSX.
//!
//! ```text
//!   bytes ─ table ─► rows ─ powers ─► draft + what could not be read ─ rules ─► files of a package
//! ```
//!
//! Nothing is invented: a law has a rank only if the caller says which names have which rank, a body has no
//! kind, an authority that names nobody ("the department concerned") is a slot only where the caller says that
//! this phrase names nobody. Each row that could not be read is told with its line and the reason.
//!
//! # Example
//! ```
//! use linkage_import::read;
//!
//! let table = read("职权,依据\n罚款,消防法第六十条\n".as_bytes(), None)?;
//! assert_eq!(table.rows.len(), 1);
//! # Ok::<(), linkage_import::TableFault>(())
//! ```

mod fault;
mod mapping;
mod naming;
mod powers;
mod rules;
mod table;

pub use fault::{RowFault, TableFault, Unread};
pub use mapping::{Field, Mapping, MappingFault};
pub use powers::{Draft, Heir, Options, powers};
pub use rules::files;
pub use table::{Row, Table, read};
