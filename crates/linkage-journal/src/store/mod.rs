//! The journal: what happened, record after record, chained by hash. Nothing is ever changed or taken away.
//!
//! ```text
//!   seq  dossier rev  body                                                              hash
//!   ───  ─────── ───  ────────────────────────────────────────────────────────────────  ─────────────────
//!    1      -     1   {"at":…,"kept":{"hash":"9f…","name":"luzhi"}}                      H(0…, 1, body)
//!    2      C1    1   {"at":…,"by":"reporter","rules":"9f…","events":[{"event":"opened"…  H(hash 1, 2, body)
//!    3      C1    2   {"at":…,"by":"police","events":[{"event":"completed"…               H(hash 2, 3, body)
//! ```
//!
//! A *dossier* is a case with the cases that it called, and they called: all that one command can change
//! besides cases that it opens. Its records are counted by `rev`; two writers can't both write the same one.
//! One command is one transaction, be it of one record or, where it opens cases of their own, of several.
//!
//! From the records everything else follows ([`Rows`]): who has what to do, what falls due when, who owes
//! whom. These rows can be made again at any time; a store may let them lag behind the records, as long as whoever reads
//! can't tell. What is to be told to the outside ([`Tiding`]) is written with its record, in one transaction.
//! Who a person is stands apart from the journal ([`Person`]) and can be erased while the chain stays whole.
//!
//! [`Journal`] is what a store must do; [`Memory`] and [`Sqlite`] do it, held by one suite.

mod building;
mod chain;
mod codec;
mod fault;
mod journal;
mod lines;
mod memory;
mod record;
mod rows;
mod sqlite;
mod unfit;
mod verify;
mod writing;

pub use chain::{Hash, link};
pub use codec::{EVENT_VERSION, Heading, decode, encode, encode_events};
pub use fault::StoreFault;
pub use journal::{Journal, Person};
pub use lines::{LineFault, export, import};
pub use memory::Memory;
pub use record::{Change, Draft, Entry, Head, JournalClock, Record};
pub use rows::{CaseRow, How, OBLIGATIONS_FROM, Owed, Rows, Standing, Tiding, Work, rows, tidings};
pub use sqlite::{SCHEMA_VERSION, Sqlite};
pub use verify::{Flaw, Health, make_rows, verify};
