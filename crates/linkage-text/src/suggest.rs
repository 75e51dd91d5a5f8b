//! Did you mean: the nearest of the words that would have been right.

/// The candidate nearest to `word`, if it is near enough that a slip of the hand explains the difference.
///
/// Distance counts insertions, deletions, substitutions and swaps of neighbours (optimal string
/// alignment), in characters. Near enough is one slip in words of up to four characters, else one in
/// three; a word of one character has no near ones.
pub fn did_you_mean<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let letters: Vec<char> = word.chars().flat_map(char::to_lowercase).collect();
    let limit = if letters.len() <= 4 { 1 } else { letters.len() / 3 };
    if letters.len() < 2 {
        return None;
    }
    candidates
        .into_iter()
        .filter(|candidate| *candidate != word)
        .filter_map(|candidate| {
            let other: Vec<char> = candidate.chars().flat_map(char::to_lowercase).collect();
            if other.len().abs_diff(letters.len()) > limit {
                return None;
            }
            let distance = slips(&letters, &other);
            (distance <= limit).then_some((distance, candidate))
        })
        .min()
        .map(|(_, candidate)| candidate)
}

fn slips(a: &[char], b: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let replaced = last[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut best = replaced.min(last[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                best = best.min(before[j - 2] + 1);
            }
            row.push(best);
        }
        before = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

#[cfg(test)]
mod tests {
    use super::did_you_mean;

    #[test]
    fn slips_of_the_hand_are_found_and_other_words_are_not() {
        let words = ["support", "supervise", "lead", "牵头", "配合"];
        assert_eq!(did_you_mean("suport", words), Some("support"));
        assert_eq!(did_you_mean("laed", words), Some("lead"));
        assert_eq!(did_you_mean("配和", words), Some("配合"));
        assert_eq!(did_you_mean("court", words), None);
        assert_eq!(did_you_mean("x", words), None);
    }
}
