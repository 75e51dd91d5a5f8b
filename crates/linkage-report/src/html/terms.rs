//! The terms of the report: families, severities, states.

use super::states::State;
use crate::words::Words;
use linkage_text::Severity;

/// The families of findings, by the first letter of their codes.
pub(super) const FAMILIES: [(&str, &str, &str); 11] = [
    ("D", "division of powers", "权责划分"),
    ("L", "legal basis", "法律依据"),
    ("A", "authority", "权限"),
    ("R", "resources", "资源"),
    ("O", "obligations", "互惠义务"),
    ("E", "escalation", "升级"),
    ("P", "procedure", "程序"),
    ("N", "network", "联动网络"),
    ("G", "guarantee", "参与保障"),
    ("Q", "requirements", "要求"),
    ("U", "upkeep", "维护"),
];

pub(super) const SEVERITIES: [Severity; 3] = [Severity::Error, Severity::Warning, Severity::Note];

pub(super) fn severity(severity: Severity) -> Words {
    match severity {
        Severity::Error => Words::new("error", "错误"),
        Severity::Warning => Words::new("warning", "警告"),
        Severity::Note => Words::new("note", "提示"),
    }
}

/// So many of them.
pub(super) fn severities(severity: Severity, count: usize) -> Words {
    let Words { en, zh } = self::severity(severity);
    Words::new(if count == 1 { en } else { format!("{en}s") }, zh)
}

/// A sign beside the colour.
pub(super) fn sign(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "✕",
        Severity::Warning => "!",
        Severity::Note => "○",
    }
}

pub(super) fn state(state: State) -> Words {
    match state {
        State::Gap => Words::new("gap: nobody leads", "空白：无人牵头"),
        State::Overlap => Words::new("overlap: several claim it", "交叉：多方主张"),
        State::Undecided => Words::new("not decided: too entangled", "未能判定"),
        State::OffDuty => Words::new("the lead is off duty", "牵头者不在班"),
        State::Settled => Words::new("several, settled by a rule", "多方，规则已裁断"),
        State::One => Words::new("one lead", "单一牵头"),
        State::Outside => Words::new("outside the scope", "不在管辖范围"),
    }
}

/// The class of a cell in this state.
pub(super) fn class(state: State) -> &'static str {
    match state {
        State::Gap => "g",
        State::Overlap => "o",
        State::Undecided => "u",
        State::OffDuty => "d",
        State::Settled => "s",
        State::One => "l",
        State::Outside => "x",
    }
}
