//! Writing the text of records: JSON, without a tree of it, and without what goes without saying.
//!
//! Each field is written where it comes, and taken back if it says nothing.

use std::fmt::{self, Write};

use ecow::EcoString;
use serde::ser::{self, Impossible, Serialize, SerializeMap, SerializeSeq, SerializeStruct, Serializer};

use super::unfit::Unfit;

/// What is `false` unless it is said. Elsewhere `false` says something: `solved: false` is not `solved` unknown.
const UNLESS_SAID: [&str; 6] = ["late", "by_lead", "back", "holds", "provisional", "left"];
/// What was stated is kept to the letter.
const TO_THE_LETTER: &str = "facts";

/// So long most records are at most: what is longer makes the text grow.
const MOST: usize = 1024;

/// Where the text grows.
pub(super) struct Writer {
    pub(super) text: String,
}

impl Default for Writer {
    fn default() -> Self {
        Self { text: String::with_capacity(MOST) }
    }
}

impl Writer {
    /// Writes a value that stands in a list, or by itself: it is told whatever it says.
    pub(super) fn value(&mut self, value: &(impl Serialize + ?Sized)) -> Result<(), Unfit> {
        value.serialize(Told { writer: self, name: None, letter: false }).map(drop)
    }

    /// Writes a field behind others, where it says something.
    pub(super) fn field(&mut self, name: &str, says: Option<&EcoString>) {
        if let Some(says) = says {
            self.text.push_str(",\"");
            self.text.push_str(name);
            self.text.push_str("\":");
            self.quoted(says);
        }
    }

    /// Writes a text in quotes.
    pub(super) fn quoted(&mut self, text: &str) {
        self.text.push('"');
        self.inner(text);
        self.text.push('"');
    }

    fn inner(&mut self, text: &str) {
        let mut from = 0;
        for (at, byte) in text.bytes().enumerate() {
            if byte >= 0x20 && byte != b'"' && byte != b'\\' {
                continue;
            }
            self.text.push_str(&text[from..at]);
            from = at + 1;
            match byte {
                b'"' => self.text.push_str("\\\""),
                b'\\' => self.text.push_str("\\\\"),
                0x08 => self.text.push_str("\\b"),
                0x0C => self.text.push_str("\\f"),
                b'\n' => self.text.push_str("\\n"),
                b'\r' => self.text.push_str("\\r"),
                b'\t' => self.text.push_str("\\t"),
                other => drop(write!(self.text, "\\u{other:04x}")),
            }
        }
        self.text.push_str(&text[from..]);
    }
}

impl Write for Writer {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.inner(text);
        Ok(())
    }
}

/// Writes one value; whether it is to be told.
struct Told<'w> {
    writer: &'w mut Writer,
    /// Where the name of the field stands whose value it is; none in a list.
    name: Option<(usize, usize)>,
    letter: bool,
}

impl Told<'_> {
    fn is_in_object(&self) -> bool {
        self.name.is_some() && !self.letter
    }

    fn number(self, number: impl fmt::Display) -> Result<bool, Unfit> {
        write!(self.writer.text, "{number}").map_err(ser::Error::custom)?;
        Ok(true)
    }
}

/// A list or an object that is being written.
struct Open<'w> {
    writer: &'w mut Writer,
    /// Whether it is told even if it is empty.
    anyway: bool,
    letter: bool,
    empty: bool,
    /// Where the text ended before the field whose value comes next, and whether it is the first.
    before: (usize, bool),
    /// Where the name of that field begins and ends.
    name: (usize, usize),
}

impl<'w> Told<'w> {
    fn open(self, bracket: char, anyway: bool) -> Open<'w> {
        self.writer.text.push(bracket);
        let (before, name) = ((0, true), (0, 0));
        Open { writer: self.writer, anyway, letter: self.letter, empty: true, before, name }
    }

    fn letter(&mut self) -> bool {
        let facts =
            self.name.is_some_and(|(from, end)| self.writer.text.get(from..end) == Some(TO_THE_LETTER));
        let here = facts && !self.letter;
        self.letter |= facts;
        here
    }
}

macro_rules! numbers {
    ($($method:ident($kind:ty);)*) => {
        $(fn $method(self, number: $kind) -> Result<bool, Unfit> { self.number(number) })*
    };
}

impl<'w> Serializer for Told<'w> {
    type Ok = bool;
    type Error = Unfit;
    type SerializeSeq = Open<'w>;
    type SerializeTuple = Impossible<bool, Unfit>;
    type SerializeTupleStruct = Impossible<bool, Unfit>;
    type SerializeTupleVariant = Impossible<bool, Unfit>;
    type SerializeMap = Open<'w>;
    type SerializeStruct = Open<'w>;
    type SerializeStructVariant = Impossible<bool, Unfit>;

    fn serialize_bool(self, truth: bool) -> Result<bool, Unfit> {
        let name = self.name.and_then(|(from, end)| self.writer.text.get(from..end));
        let goes_without =
            self.is_in_object() && !truth && name.is_some_and(|name| UNLESS_SAID.contains(&name));
        self.writer.text.push_str(if truth { "true" } else { "false" });
        Ok(!goes_without)
    }

    numbers! {
        serialize_i8(i8);
        serialize_i16(i16);
        serialize_i32(i32);
        serialize_i64(i64);
        serialize_u8(u8);
        serialize_u16(u16);
        serialize_u32(u32);
        serialize_u64(u64);
    }

    fn serialize_f32(self, _: f32) -> Result<bool, Unfit> {
        unwritable()
    }

    fn serialize_f64(self, _: f64) -> Result<bool, Unfit> {
        unwritable()
    }

    fn serialize_char(self, one: char) -> Result<bool, Unfit> {
        self.serialize_str(one.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, text: &str) -> Result<bool, Unfit> {
        self.writer.quoted(text);
        Ok(true)
    }

    fn collect_str<T: fmt::Display + ?Sized>(self, value: &T) -> Result<bool, Unfit> {
        self.writer.text.push('"');
        write!(self.writer, "{value}").map_err(ser::Error::custom)?;
        self.writer.text.push('"');
        Ok(true)
    }

    fn serialize_bytes(self, _: &[u8]) -> Result<bool, Unfit> {
        unwritable()
    }

    fn serialize_none(self) -> Result<bool, Unfit> {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<bool, Unfit> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<bool, Unfit> {
        self.writer.text.push_str("null");
        Ok(!self.is_in_object())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<bool, Unfit> {
        self.serialize_unit()
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<bool, Unfit> {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<bool, Unfit> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<bool, Unfit> {
        let mut own = self.open('{', true);
        SerializeStruct::serialize_field(&mut own, variant, value)?;
        SerializeStruct::end(own)
    }

    fn serialize_seq(mut self, _: Option<usize>) -> Result<Open<'w>, Unfit> {
        let in_object = self.is_in_object();
        self.letter();
        Ok(self.open('[', !in_object))
    }

    fn serialize_map(mut self, _: Option<usize>) -> Result<Open<'w>, Unfit> {
        let facts = self.letter();
        Ok(self.open('{', !facts))
    }

    fn serialize_struct(self, _: &'static str, fields: usize) -> Result<Open<'w>, Unfit> {
        self.serialize_map(Some(fields))
    }

    fn serialize_tuple(self, _: usize) -> Result<Self::SerializeTuple, Unfit> {
        unwritable()
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Self::SerializeTupleStruct, Unfit> {
        unwritable()
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, Unfit> {
        unwritable()
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, Unfit> {
        unwritable()
    }
}

fn unwritable<T>() -> Result<T, Unfit> {
    Err(ser::Error::custom("records hold no such value"))
}

impl Open<'_> {
    fn comma(&mut self) {
        if !std::mem::take(&mut self.empty) {
            self.writer.text.push(',');
        }
    }

    fn field<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unfit> {
        self.writer.text.push(':');
        if !value.serialize(Told { writer: self.writer, name: Some(self.name), letter: self.letter })? {
            let (end, empty) = self.before;
            self.writer.text.truncate(end);
            self.empty = empty;
        }
        Ok(())
    }

    fn named(&mut self, write: impl FnOnce(&mut Writer)) {
        self.before = (self.writer.text.len(), self.empty);
        self.comma();
        let from = self.writer.text.len() + 1;
        write(self.writer);
        self.name = (from, self.writer.text.len() - 1);
    }

    fn close(self, bracket: char) -> bool {
        self.writer.text.push(bracket);
        self.anyway || !self.empty
    }
}

impl SerializeSeq for Open<'_> {
    type Ok = bool;
    type Error = Unfit;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unfit> {
        self.comma();
        value.serialize(Told { writer: self.writer, name: None, letter: self.letter }).map(drop)
    }

    fn end(self) -> Result<bool, Unfit> {
        Ok(self.close(']'))
    }
}

impl SerializeMap for Open<'_> {
    type Ok = bool;
    type Error = Unfit;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Unfit> {
        let mut written = Ok(false);
        self.named(|writer| written = key.serialize(Told { writer, name: None, letter: false }));
        written.map(drop)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unfit> {
        self.field(value)
    }

    fn end(self) -> Result<bool, Unfit> {
        Ok(self.close('}'))
    }
}

impl SerializeStruct for Open<'_> {
    type Ok = bool;
    type Error = Unfit;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), Unfit> {
        self.named(|writer| writer.quoted(name));
        self.field(value)
    }

    fn end(self) -> Result<bool, Unfit> {
        Ok(self.close('}'))
    }
}
