//! Times of day, and the instants at which a zone's clock reaches them.

use std::fmt;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::{AmbiguousOffset, TimeZone};

/// The minutes of a day.
pub(super) const DAY: u16 = 24 * 60;

/// Working hours within one day: from one minute of it up to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hours {
    /// The first minute.
    pub from: u16,
    /// The minute after the last; 1440 is the end of the day.
    pub to: u16,
}

impl Hours {
    /// Reads `HH:MM-HH:MM`, of which the second may be 24:00. Does not ask which is later.
    pub(super) fn read(text: &str) -> Option<Self> {
        let (from, to) = text.split_once('-')?;
        Some(Self { from: minute(from.trim())?, to: minute(to.trim())? })
    }
}

impl fmt::Display for Hours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let face = |minute: u16| (minute / 60, minute % 60);
        let ((h, m), (to_h, to_m)) = (face(self.from), face(self.to));
        write!(f, "{h:02}:{m:02}-{to_h:02}:{to_m:02}")
    }
}

fn minute(text: &str) -> Option<u16> {
    let (hour, minute) = text.split_once(':')?;
    let digits = |part: &str| part.len() <= 2 && part.bytes().all(|b| b.is_ascii_digit());
    if !digits(hour) || minute.len() != 2 || !digits(minute) {
        return None;
    }
    let (hour, minute): (u16, u16) = (hour.parse().ok()?, minute.parse().ok()?);
    let of_day = hour * 60 + minute;
    (minute < 60 && of_day <= DAY).then_some(of_day)
}

/// The first instant of the day at which the clock of the zone shows this minute or a later one.
///
/// Where clocks jump forward over the minute, that is the jump; where they are set back and show it
/// twice, the first time. So times of day follow one another as instants in every zone, no hour of
/// work is lost or counted twice, and 24:00 is where the next day begins.
pub(super) fn instant(zone: &TimeZone, date: Date, minute: u16) -> Option<Timestamp> {
    let (date, minute) = if minute >= DAY { (date.tomorrow().ok()?, 0) } else { (date, minute) };
    let hour = i8::try_from(minute / 60).ok()?;
    let wall = date.at(hour, i8::try_from(minute % 60).ok()?, 0, 0);
    match zone.to_ambiguous_timestamp(wall).offset() {
        AmbiguousOffset::Unambiguous { offset } | AmbiguousOffset::Fold { before: offset, .. } => {
            offset.to_timestamp(wall).ok()
        }
        AmbiguousOffset::Gap { after, .. } => {
            let before_the_jump = after.to_timestamp(wall).ok()?;
            zone.following(before_the_jump).next().map(|jump| jump.timestamp())
        }
    }
}
