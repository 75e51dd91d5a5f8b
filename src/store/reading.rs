//! Reading the text of records: JSON, without a tree of it.
//!
//! A struct of which one field alone is asked for is given with that field first, wherever it stands: so variants that a
//! field tells apart are read as they come. What is not asked for is stepped over.

use std::borrow::Cow;

use serde::de::value::BorrowedStrDeserializer;
use serde::de::{self, DeserializeSeed, EnumAccess, MapAccess, SeqAccess, VariantAccess, Visitor};
use serde::{Deserialize, forward_to_deserialize_any};

use super::scanning::Reader;
use super::unfit::Unfit;

/// What a text says.
pub(super) fn read<'t, T: Deserialize<'t>>(text: &'t str) -> Result<T, Unfit> {
    let mut reader = Reader::new(text);
    let read = T::deserialize(&mut reader).map_err(|Unfit(reason)| reader.wrong(reason))?;
    match reader.peek() {
        None => Ok(read),
        Some(_) => Err(reader.wrong("something follows".into())),
    }
}

impl<'t> Reader<'t> {
    fn object<V: Visitor<'t>>(&mut self, first: Option<&'static str>, visitor: V) -> Result<V::Value, Unfit> {
        self.deeper(|reader| {
            let ahead = first.and_then(|first| Some((first, reader.ahead(first)?)));
            let done = visitor.visit_map(Fields { reader, ahead, behind: None, first: true })?;
            reader.expect(b'}')?;
            Ok(done)
        })
    }
}

impl<'t> de::Deserializer<'t> for &mut Reader<'t> {
    type Error = Unfit;

    fn deserialize_any<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Unfit> {
        match self.peek() {
            Some(b'"') => match self.quoted()? {
                Cow::Borrowed(text) => visitor.visit_borrowed_str(text),
                Cow::Owned(text) => visitor.visit_string(text),
            },
            Some(b'{') => self.object(None, visitor),
            Some(b'[') => self.deeper(|reader| {
                let done = visitor.visit_seq(Items { reader, first: true })?;
                reader.expect(b']')?;
                Ok(done)
            }),
            Some(b't') => self.word("true").and_then(|()| visitor.visit_bool(true)),
            Some(b'f') => self.word("false").and_then(|()| visitor.visit_bool(false)),
            Some(b'n') => self.word("null").and_then(|()| visitor.visit_unit()),
            Some(b'-' | b'0'..=b'9') => match self.number()? {
                (false, number) => visitor.visit_u64(number),
                (true, number) => match 0_i64.checked_sub_unsigned(number) {
                    Some(number) => visitor.visit_i64(number),
                    None => Err(self.wrong("the number is too small".into())),
                },
            },
            _ => self.unexpected(),
        }
    }

    fn deserialize_option<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Unfit> {
        if self.peek() == Some(b'n') {
            return self.word("null").and_then(|()| visitor.visit_none());
        }
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'t>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Unfit> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_struct<V: Visitor<'t>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unfit> {
        match (fields, self.peek()) {
            ([only], Some(b'{')) => self.object(Some(only), visitor),
            _ => self.deserialize_any(visitor),
        }
    }

    fn deserialize_enum<V: Visitor<'t>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unfit> {
        match self.peek() {
            Some(b'"') => visitor.visit_enum(Alone(self.quoted()?)),
            Some(b'{') => self.deeper(|reader| {
                let done = visitor.visit_enum(Outside(reader))?;
                reader.expect(b'}')?;
                Ok(done)
            }),
            _ => self.unexpected(),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Unfit> {
        self.step_over()?;
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        <V: Visitor<'t>>
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq
        tuple tuple_struct map identifier
    }
}

/// What a list holds.
struct Items<'r, 't> {
    reader: &'r mut Reader<'t>,
    first: bool,
}

impl<'t> SeqAccess<'t> for Items<'_, 't> {
    type Error = Unfit;

    fn next_element_seed<T: DeserializeSeed<'t>>(&mut self, seed: T) -> Result<Option<T::Value>, Unfit> {
        if self.reader.peek() == Some(b']') {
            return Ok(None);
        }
        if !std::mem::take(&mut self.first) {
            self.reader.expect(b',')?;
        }
        seed.deserialize(&mut *self.reader).map(Some)
    }
}

/// What an object holds, one field perhaps before all others.
struct Fields<'r, 't> {
    reader: &'r mut Reader<'t>,
    /// The field that comes first, with where its value begins.
    ahead: Option<(&'static str, usize)>,
    /// Where the value of the field that came first begins and ends: when it is met again it is stepped over.
    behind: Option<(usize, usize)>,
    first: bool,
}

impl<'t> MapAccess<'t> for Fields<'_, 't> {
    type Error = Unfit;

    fn next_key_seed<K: DeserializeSeed<'t>>(&mut self, seed: K) -> Result<Option<K::Value>, Unfit> {
        if let Some((field, _)) = self.ahead {
            return seed.deserialize(BorrowedStrDeserializer::new(field)).map(Some);
        }
        loop {
            if self.reader.peek() == Some(b'}') {
                return Ok(None);
            }
            if !std::mem::take(&mut self.first) {
                self.reader.expect(b',')?;
            }
            let name = self.reader.quoted()?;
            self.reader.expect(b':')?;
            if let Some((_, end)) = self.behind.take_if(|(begin, _)| *begin == self.reader.at) {
                self.reader.at = end;
                continue;
            }
            return match name {
                Cow::Borrowed(name) => seed.deserialize(BorrowedStrDeserializer::new(name)),
                Cow::Owned(name) => seed.deserialize(de::IntoDeserializer::into_deserializer(name)),
            }
            .map(Some);
        }
    }

    fn next_value_seed<T: DeserializeSeed<'t>>(&mut self, seed: T) -> Result<T::Value, Unfit> {
        let Some((_, at)) = self.ahead.take() else { return seed.deserialize(&mut *self.reader) };
        let here = std::mem::replace(&mut self.reader.at, at);
        let value = seed.deserialize(&mut *self.reader)?;
        let end = std::mem::replace(&mut self.reader.at, here);
        self.behind = Some((at, end));
        Ok(value)
    }
}

/// A variant by its name alone.
struct Alone<'t>(Cow<'t, str>);

impl<'t> EnumAccess<'t> for Alone<'t> {
    type Error = Unfit;
    type Variant = Nothing;

    fn variant_seed<T: DeserializeSeed<'t>>(self, seed: T) -> Result<(T::Value, Nothing), Unfit> {
        let name: de::value::CowStrDeserializer<'_, Unfit> = de::IntoDeserializer::into_deserializer(self.0);
        Ok((seed.deserialize(name)?, Nothing))
    }
}

/// That nothing follows the name of a variant.
struct Nothing;

fn more_is_wanted<T>() -> Result<T, Unfit> {
    Err(de::Error::custom("a variant says too little"))
}

impl<'t> VariantAccess<'t> for Nothing {
    type Error = Unfit;

    fn unit_variant(self) -> Result<(), Unfit> {
        Ok(())
    }

    fn newtype_variant_seed<T: DeserializeSeed<'t>>(self, _: T) -> Result<T::Value, Unfit> {
        more_is_wanted()
    }

    fn tuple_variant<V: Visitor<'t>>(self, _: usize, _: V) -> Result<V::Value, Unfit> {
        more_is_wanted()
    }

    fn struct_variant<V: Visitor<'t>>(self, _: &'static [&'static str], _: V) -> Result<V::Value, Unfit> {
        more_is_wanted()
    }
}

/// A variant as the one field of an object.
struct Outside<'r, 't>(&'r mut Reader<'t>);

impl<'t> EnumAccess<'t> for Outside<'_, 't> {
    type Error = Unfit;
    type Variant = Self;

    fn variant_seed<T: DeserializeSeed<'t>>(self, seed: T) -> Result<(T::Value, Self), Unfit> {
        self.0.peek();
        let name = seed.deserialize(&mut *self.0)?;
        self.0.expect(b':')?;
        Ok((name, self))
    }
}

impl<'t> VariantAccess<'t> for Outside<'_, 't> {
    type Error = Unfit;

    fn unit_variant(self) -> Result<(), Unfit> {
        Deserialize::deserialize(self.0)
    }

    fn newtype_variant_seed<T: DeserializeSeed<'t>>(self, seed: T) -> Result<T::Value, Unfit> {
        seed.deserialize(self.0)
    }

    fn tuple_variant<V: Visitor<'t>>(self, _: usize, visitor: V) -> Result<V::Value, Unfit> {
        de::Deserializer::deserialize_any(self.0, visitor)
    }

    fn struct_variant<V: Visitor<'t>>(
        self,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unfit> {
        de::Deserializer::deserialize_any(self.0, visitor)
    }
}
