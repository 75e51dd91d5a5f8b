//! A set of a few things: in their order, in one place, copied only when it is changed.
//!
//! A command works on a draft of its case; most of the sets that a case holds stay as they are, so a copy shares them.

use std::ops::Deref;

use ecow::EcoVec;
use serde::{Serialize, Serializer};

/// A set of a few things, each once, in their order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Few<T>(EcoVec<T>);

impl<T> Default for Few<T> {
    fn default() -> Self {
        Self(EcoVec::new())
    }
}

impl<T: Ord + Clone> Few<T> {
    /// None.
    pub fn new() -> Self {
        Self::default()
    }

    /// Whether it is one of them.
    pub fn contains<Q: Ord + ?Sized>(&self, one: &Q) -> bool
    where
        T: std::borrow::Borrow<Q>,
    {
        self.0.binary_search_by(|other| other.borrow().cmp(one)).is_ok()
    }

    /// Takes one in.
    pub fn insert(&mut self, one: T) {
        if let Err(at) = self.0.binary_search(&one) {
            self.0.insert(at, one);
        }
    }

    /// Takes in one that is copied only if it is new.
    pub fn note(&mut self, one: &T) {
        if let Err(at) = self.0.binary_search(one) {
            self.0.insert(at, one.clone());
        }
    }

    /// Takes out one.
    pub fn remove(&mut self, one: &T) {
        if let Ok(at) = self.0.binary_search(one) {
            self.0.remove(at);
        }
    }

    /// Leaves only those.
    pub fn retain(&mut self, mut those: impl FnMut(&T) -> bool) {
        if !self.0.iter().all(&mut those) {
            self.0.retain(|one| those(one));
        }
    }

    /// Takes out all.
    pub fn clear(&mut self) {
        self.0.clear();
    }
}

impl<T> Deref for Few<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.0
    }
}

impl<T: Ord + Clone> Extend<T> for Few<T> {
    fn extend<I: IntoIterator<Item = T>>(&mut self, more: I) {
        more.into_iter().for_each(|one| self.insert(one));
    }
}

impl<'f, T: Ord + Clone> Extend<&'f T> for Few<T> {
    fn extend<I: IntoIterator<Item = &'f T>>(&mut self, more: I) {
        more.into_iter().for_each(|one| self.note(one));
    }
}

impl<'f, T> IntoIterator for &'f Few<T> {
    type Item = &'f T;
    type IntoIter = std::slice::Iter<'f, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

impl<T: Serialize> Serialize for Few<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(&self.0)
    }
}
