//! Things by the number of the case that they are about, in the order of the numbers.
//!
//! Cases are numbered as they come, so a new one nearly always goes to the end.

use super::CaseId;

/// One of each number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Numbered<T>(Vec<(CaseId, T)>);

impl<T> Default for Numbered<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> Numbered<T> {
    pub fn get(&self, id: CaseId) -> Option<&T> {
        self.place(id).ok().and_then(|at| self.0.get(at)).map(|(_, one)| one)
    }

    pub fn get_mut(&mut self, id: CaseId) -> Option<&mut T> {
        self.place(id).ok().and_then(|at| self.0.get_mut(at)).map(|(_, one)| one)
    }

    /// Puts one in the place of its number; what was there before.
    pub fn insert(&mut self, id: CaseId, one: T) -> Option<T> {
        match self.place(id) {
            Ok(at) => self.0.get_mut(at).map(|(_, before)| std::mem::replace(before, one)),
            Err(at) => {
                self.0.insert(at, (id, one));
                None
            }
        }
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn iter(&self) -> impl Iterator<Item = &T> {
        self.0.iter().map(|(_, one)| one)
    }

    fn place(&self, id: CaseId) -> Result<usize, usize> {
        match self.0.last() {
            None => Err(0),
            Some((last, _)) if *last < id => Err(self.0.len()),
            Some((last, _)) if *last == id => Ok(self.0.len() - 1),
            Some(_) => self.0.binary_search_by_key(&id, |(own, _)| *own),
        }
    }
}

impl<T> IntoIterator for Numbered<T> {
    type Item = (CaseId, T);
    type IntoIter = std::vec::IntoIter<(CaseId, T)>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}
