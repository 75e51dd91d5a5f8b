//! The grammar, and a name that people understand for each of its rules.

use pest_derive::Parser;

use super::{Expectation, Keyword};

/// The parser of `grammar/linkage.pest`.
#[derive(Parser)]
#[grammar = "../grammar/linkage.pest"]
pub struct Grammar;

/// What a pair of the grammar is to the builder of the tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// A clause, or a declaration.
    Clause,
    /// A node of a tree, without a keyword.
    Entry,
    /// A keyword.
    Keyword(Keyword),
    /// Something with its own text.
    Atom,
    /// A condition.
    Condition,
    /// Parts without a place of their own in the tree.
    Flat,
    /// Where a block opens.
    Open,
    /// A comment.
    Comment,
    /// Where a closing brace is missing.
    Missing,
    /// What could not be read.
    Broken,
    /// Nothing.
    Nothing,
}

/// The shape of a rule.
pub(super) fn shape(rule: Rule) -> Shape {
    if let Some(keyword) = Keyword::of_rule(rule) {
        return Shape::Keyword(keyword);
    }
    match rule {
        Rule::entry => Shape::Entry,
        Rule::open => Shape::Open,
        Rule::COMMENT => Shape::Comment,
        Rule::missing_close | Rule::missing_step_close => Shape::Missing,
        Rule::broken_clause | Rule::broken_declaration => Shape::Broken,
        Rule::expr => Shape::Condition,
        Rule::performer | Rule::values | Rule::broken_clause_in_step => Shape::Flat,
        Rule::comma
        | Rule::colon
        | Rule::arrow
        | Rule::name
        | Rule::path
        | Rule::code
        | Rule::text
        | Rule::number
        | Rule::range
        | Rule::percent
        | Rule::date
        | Rule::clock
        | Rule::hours
        | Rule::amount_with_unit
        | Rule::amount_without_unit
        | Rule::article_number
        | Rule::article_zh => Shape::Atom,
        Rule::EOI => Shape::Nothing,
        _ => Shape::Clause,
    }
}

/// The clauses that may stand in the block of a clause; at the top of a file for none.
pub(super) fn clauses_in(block: Option<Rule>) -> Rule {
    match block {
        Some(Rule::except | Rule::also) => Rule::region_clause,
        Some(Rule::scope) => Rule::scope_clause,
        Some(Rule::forum) => Rule::settlement,
        Some(Rule::tree_area | Rule::tree_matter | Rule::entry) => Rule::entry,
        Some(Rule::law) => Rule::law_clause,
        Some(Rule::article) => Rule::article_clause,
        Some(Rule::body) => Rule::body_clause,
        Some(Rule::power) => Rule::power_clause,
        Some(Rule::mandate) => Rule::mandate_clause,
        Some(Rule::transfer | Rule::entrust) => Rule::passing_clause,
        Some(Rule::exclude) => Rule::exclude_clause,
        Some(Rule::resource) => Rule::resource_clause,
        Some(Rule::channel) => Rule::channel_clause,
        Some(Rule::procedure) => Rule::procedure_clause,
        Some(Rule::step) => Rule::step_clause,
        Some(Rule::all | Rule::any) => Rule::block_clause,
        Some(Rule::consult) => Rule::consult_clause,
        Some(Rule::choose) => Rule::choose_clause,
        Some(Rule::call) => Rule::call_clause,
        Some(Rule::escalate) => Rule::rung,
        Some(Rule::closing) => Rule::closing_clause,
        Some(Rule::resolve) => Rule::resolve_clause,
        Some(Rule::amendment) => Rule::amendment_clause,
        Some(Rule::remove) => Rule::removal,
        Some(Rule::accept) => Rule::accept_clause,
        Some(Rule::governance) => Rule::governance_clause,
        _ => Rule::declaration,
    }
}

/// What a rule is called where it was expected and not found; none for what people never miss.
///
/// A test holds that every rule which can be missed has its name here.
#[expect(clippy::too_many_lines, clippy::match_same_arms, reason = "a table: one line a rule")]
pub(super) fn expectation(rule: Rule) -> Option<Expectation> {
    if let Some(keyword) = Keyword::of_rule(rule) {
        return Some(Expectation::Keyword(keyword));
    }
    let keyword = |keyword| Some(Expectation::Keyword(keyword));
    match rule {
        Rule::name | Rule::path | Rule::code | Rule::word | Rule::paths | Rule::entry => {
            Some(Expectation::Name)
        }
        Rule::text => Some(Expectation::Text),
        Rule::number => Some(Expectation::Number),
        Rule::range => Some(Expectation::Range),
        Rule::percent => Some(Expectation::Percent),
        Rule::date => Some(Expectation::Date),
        Rule::clock => Some(Expectation::Clock),
        Rule::hours | Rule::period | Rule::periods => Some(Expectation::Hours),
        Rule::amount_with_unit | Rule::amount_without_unit | Rule::duration | Rule::unit => {
            Some(Expectation::Duration)
        }
        Rule::article_number | Rule::article_zh | Rule::article_mark | Rule::zh_number => {
            Some(Expectation::Article)
        }
        Rule::expr
        | Rule::term
        | Rule::group
        | Rule::comparison
        | Rule::operand
        | Rule::value
        | Rule::set => Some(Expectation::Condition),
        Rule::operator => Some(Expectation::Operator),
        Rule::performer | Rule::performers | Rule::holder_item | Rule::holders_list => {
            Some(Expectation::Performer)
        }
        Rule::open | Rule::open_set | Rule::values => Some(Expectation::Mark("{")),
        Rule::close | Rule::node_close | Rule::close_set | Rule::missing_close | Rule::missing_step_close => {
            Some(Expectation::Mark("}"))
        }
        Rule::comma => Some(Expectation::Mark(",")),
        Rule::colon => Some(Expectation::Mark(":")),
        Rule::arrow | Rule::target => Some(Expectation::Mark("->")),
        Rule::left => Some(Expectation::Mark("(")),
        Rule::right => Some(Expectation::Mark(")")),
        Rule::declaration => Some(Expectation::Declaration),
        Rule::article => keyword(Keyword::Article),
        Rule::removal => keyword(Keyword::Mandate),
        Rule::basis => keyword(Keyword::Basis),
        Rule::over => keyword(Keyword::Over),
        Rule::in_area => keyword(Keyword::In),
        Rule::when => keyword(Keyword::When),
        Rule::during => keyword(Keyword::During),
        Rule::except => keyword(Keyword::Except),
        Rule::also => keyword(Keyword::Also),
        Rule::use_package => keyword(Keyword::Use),
        Rule::tree_area => keyword(Keyword::Area),
        Rule::tree_matter => keyword(Keyword::Matter),
        Rule::attribute => keyword(Keyword::Attribute),
        Rule::scope => keyword(Keyword::Scope),
        Rule::fallback => keyword(Keyword::Fallback),
        Rule::forum => keyword(Keyword::Forum),
        Rule::first_receiver => keyword(Keyword::FirstReceiver),
        Rule::agree => keyword(Keyword::Agree),
        Rule::by_superior => keyword(Keyword::Superior),
        Rule::coordinator => keyword(Keyword::Coordinator),
        Rule::precedence => keyword(Keyword::Precedence),
        Rule::law => keyword(Keyword::Law),
        Rule::rank => keyword(Keyword::Rank),
        Rule::issuer => keyword(Keyword::Issuer),
        Rule::number_of_law => keyword(Keyword::Number),
        Rule::from_date => keyword(Keyword::From),
        Rule::until_date => keyword(Keyword::Until),
        Rule::replaces => keyword(Keyword::Replaces),
        Rule::grant => keyword(Keyword::Grant),
        Rule::forbid => keyword(Keyword::Forbid),
        Rule::reserve => keyword(Keyword::Reserve),
        Rule::slot => keyword(Keyword::Slot),
        Rule::designate => keyword(Keyword::Designate),
        Rule::body => keyword(Keyword::Body),
        Rule::kind_of_body => keyword(Keyword::Kind),
        Rule::under => keyword(Keyword::Under),
        Rule::serves => keyword(Keyword::Serves),
        Rule::duty => keyword(Keyword::Duty),
        Rule::capacity => keyword(Keyword::Capacity),
        Rule::succeeds => keyword(Keyword::Succeeds),
        Rule::power => keyword(Keyword::Power),
        Rule::coercive => keyword(Keyword::Coercive),
        Rule::delegable => keyword(Keyword::Delegable),
        Rule::undelegable => keyword(Keyword::Undelegable),
        Rule::holders => keyword(Keyword::Holders),
        Rule::mandate => keyword(Keyword::Mandate),
        Rule::lead => keyword(Keyword::Lead),
        Rule::amount => keyword(Keyword::Amount),
        Rule::liberty => keyword(Keyword::Liberty),
        Rule::penalty => keyword(Keyword::Penalty),
        Rule::support => keyword(Keyword::Support),
        Rule::supervise => keyword(Keyword::Supervise),
        Rule::power_used => keyword(Keyword::Power),
        Rule::joint => keyword(Keyword::Joint),
        Rule::parallel => keyword(Keyword::Parallel),
        Rule::subsidiary => keyword(Keyword::Subsidiary),
        Rule::yields => keyword(Keyword::Yields),
        Rule::notwithstanding => keyword(Keyword::Notwithstanding),
        Rule::transfer => keyword(Keyword::Transfer),
        Rule::entrust => keyword(Keyword::Entrust),
        Rule::giver => keyword(Keyword::Giver),
        Rule::receiver => keyword(Keyword::To),
        Rule::onward => keyword(Keyword::Onward),
        Rule::exclude => keyword(Keyword::Exclude),
        Rule::body_excluded => keyword(Keyword::Body),
        Rule::resource => keyword(Keyword::Resource),
        Rule::kind_of_resource => keyword(Keyword::Kind),
        Rule::holder => keyword(Keyword::Holder),
        Rule::personal => keyword(Keyword::Personal),
        Rule::purpose => keyword(Keyword::Purpose),
        Rule::fields => keyword(Keyword::Fields),
        Rule::retention => keyword(Keyword::Retention),
        Rule::channel => keyword(Keyword::Channel),
        Rule::carries => keyword(Keyword::Carries),
        Rule::mode => keyword(Keyword::Mode),
        Rule::owes => keyword(Keyword::Owes),
        Rule::procedure => keyword(Keyword::Procedure),
        Rule::trigger => keyword(Keyword::Trigger),
        Rule::procedure_lead => keyword(Keyword::Lead),
        Rule::chair => keyword(Keyword::Chair),
        Rule::within => keyword(Keyword::Within),
        Rule::step => keyword(Keyword::Step),
        Rule::by => keyword(Keyword::By),
        Rule::with_others => keyword(Keyword::With),
        Rule::hand_over => keyword(Keyword::HandOver),
        Rule::suspend => keyword(Keyword::Suspend),
        Rule::needs => keyword(Keyword::Needs),
        Rule::uses => keyword(Keyword::Uses),
        Rule::outcome => keyword(Keyword::Outcome),
        Rule::on_event => keyword(Keyword::On),
        Rule::emit => keyword(Keyword::Emit),
        Rule::all => keyword(Keyword::All),
        Rule::any => keyword(Keyword::Any),
        Rule::begin => keyword(Keyword::Begin),
        Rule::then => keyword(Keyword::Then),
        Rule::consult => keyword(Keyword::Consult),
        Rule::quorum => keyword(Keyword::Quorum),
        Rule::silence => keyword(Keyword::Silence),
        Rule::choose => keyword(Keyword::Choose),
        Rule::arm => keyword(Keyword::When),
        Rule::otherwise => keyword(Keyword::Otherwise),
        Rule::call => keyword(Keyword::Call),
        Rule::runs => keyword(Keyword::Runs),
        Rule::call_outcome => keyword(Keyword::Outcome),
        Rule::escalate => keyword(Keyword::Escalate),
        Rule::rung_after => keyword(Keyword::After),
        Rule::rung_on => keyword(Keyword::On),
        Rule::rung_when => keyword(Keyword::When),
        Rule::owe => keyword(Keyword::Owe),
        Rule::guarantee => keyword(Keyword::Guarantee),
        Rule::closing => keyword(Keyword::Closing),
        Rule::tell => keyword(Keyword::Tell),
        Rule::publish => keyword(Keyword::Publish),
        Rule::needs_step | Rule::needs_amendment => keyword(Keyword::Needs),
        Rule::resolve => keyword(Keyword::Resolve),
        Rule::between => keyword(Keyword::Between),
        Rule::require => keyword(Keyword::Require),
        Rule::amendment => keyword(Keyword::Amendment),
        Rule::add => keyword(Keyword::Add),
        Rule::extend => keyword(Keyword::Extend),
        Rule::replace => keyword(Keyword::Replace),
        Rule::remove => keyword(Keyword::Remove),
        Rule::accept => keyword(Keyword::Accept),
        Rule::governance => keyword(Keyword::Governance),
        Rule::adopt => keyword(Keyword::Adopt),
        Rule::migrate => keyword(Keyword::Migrate),
        Rule::purge => keyword(Keyword::Purge),
        Rule::on_places => keyword(Keyword::On),
        Rule::reason => keyword(Keyword::Reason),
        Rule::accepted_by => keyword(Keyword::By),
        _ => None,
    }
}
