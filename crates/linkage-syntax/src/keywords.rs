//! The keywords: one table of English and Chinese, from which the grammar is tested and messages speak.

use linkage_text::Language;

use super::grammar::Rule;

macro_rules! keywords {
    ($($name:ident $rule:ident $en:literal $zh:literal $reserved:literal $doc:literal)*) => {
        /// A keyword of the language, whichever way it is spelled.
        ///
        /// Two keywords may share a spelling (`依据` declares a law and names a basis): the place decides.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        pub enum Keyword {
            $(#[doc = concat!("`", $en, "`, `", $zh, "`: ", $doc, ".")] $name,)*
        }

        impl Keyword {
            /// All keywords, in the order of the grammar.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// The spelling in a language.
            pub fn spelling(self, language: Language) -> &'static str {
                match self {
                    $(Self::$name => language.pick($en, $zh),)*
                }
            }

            /// Whether the spellings can't be names: those that begin a clause or join names. A word that is
            /// read in one place only (`report` behind `trigger`) is free elsewhere.
            pub fn is_reserved(self) -> bool {
                match self {
                    $(Self::$name => $reserved,)*
                }
            }

            /// What it is for, in a few English words.
            pub fn meaning(self) -> &'static str {
                match self {
                    $(Self::$name => $doc,)*
                }
            }

            /// The keyword of a grammar rule.
            pub fn of_rule(rule: Rule) -> Option<Self> {
                match rule {
                    $(Rule::$rule => Some(Self::$name),)*
                    _ => None,
                }
            }
        }
    };
}

keywords! {
    Use kw_use "use" "引用" true "brings in another package"
    Area kw_area "area" "区域" true "a tree of places; the area of a case"
    Matter kw_matter "matter" "事项" true "a tree of what can be at issue; the matter of a case"
    Attribute kw_attribute "attribute" "属性" true "a further axis of a situation"
    Scope kw_scope "scope" "范围" true "the situations that the package claims to govern"
    Law kw_law "law" "依据" true "a legal basis"
    Body kw_body "body" "主体" true "an actor"
    Power kw_power "power" "职权" true "a kind of act that needs authority"
    Mandate kw_mandate "mandate" "职责" true "who leads which region"
    Transfer kw_transfer "transfer" "授权" false "passes a power on, to be used in the receiver's own name"
    Entrust kw_entrust "entrust" "委托" true "passes a power on, to be used in the giver's name"
    Exclude kw_exclude "exclude" "不得" true "a body may not act on a region"
    Resource kw_resource "resource" "资源" true "data, equipment, people, funds or premises"
    Channel kw_channel "channel" "渠道" true "a lawful way for a resource to reach another body"
    Procedure kw_procedure "procedure" "程序" true "a graph of steps"
    Resolve kw_resolve "resolve" "协调" true "how an overlap is settled"
    Require kw_require "require" "要求" true "a property to be proved"
    Amendment kw_amendment "amendment" "修订" true "a named set of changes"
    Accept kw_accept "accept" "认可" false "a finding knowingly accepted"
    Over kw_over "over" "事项" true "the matters of a region"
    In kw_in "in" "区域" true "the areas of a region"
    When kw_when "when" "当" true "a condition on attributes"
    During kw_during "during" "时段" true "the hours of a region"
    Except kw_except "except" "除外" true "a region taken out"
    Also kw_also "also" "以及" true "a further box of the same region"
    And kw_and "and" "且" true "both hold"
    Or kw_or "or" "或" true "one holds"
    Not kw_not "not" "非" true "does not hold"
    Among kw_among "in" "属于" true "lies in a set or range"
    True kw_true "true" "是" true "a fact that holds"
    False kw_false "false" "否" true "a fact that does not hold"
    Day kw_day "day" "日类" true "the kind of day"
    Time kw_time "time" "时刻" true "the time of the day"
    Workday kw_workday "workday" "工作日" true "a day of work"
    Restday kw_restday "restday" "休息日" true "a day of rest"
    Holiday kw_holiday "holiday" "节假日" true "a public holiday"
    Daily kw_daily "daily" "每日" true "every day"
    Always kw_always "always" "全天" true "at all hours"
    Unit kw_unit "unit" "单位" true "the unit of an attribute"
    Boolean kw_boolean "boolean" "是非" false "an attribute that holds or not"
    Rank kw_rank "rank" "位阶" true "the rank of a law"
    Issuer kw_issuer "issuer" "制定机关" true "who issued a law"
    Number kw_number "number" "文号" true "the number of a law"
    From kw_from "from" "施行" true "the first day in force"
    Until kw_until "until" "废止" true "the last day in force"
    Replaces kw_replaces "replaces" "取代" true "the law that this one replaces"
    Article kw_article "article" "条文" true "an article of a law"
    Grant kw_grant "grant" "授予" true "an article gives a power"
    GrantTo kw_grant_to "to" "给" true "who receives a grant"
    Amount kw_amount "amount" "金额" true "how much a fine may be"
    UpTo kw_up_to "up_to" "不超过" false "at most"
    Yuan kw_yuan "yuan" "元" false "money"
    Forbid kw_forbid "forbid" "禁止" true "an article forbids a power"
    Reserve kw_reserve "reserve" "保留" true "an article keeps a power to some bodies"
    Slot kw_slot "slot" "待指定" true "a place for a body that another act must fill"
    Designate kw_designate "designate" "指定" false "an article fills a slot"
    As kw_as "as" "为" true "the body that fills a slot"
    Kind kw_kind "kind" "类别" true "the kind of a body or resource"
    Under kw_under "under" "隶属" true "the body or node above"
    Serves kw_serves "serves" "辖区" true "the area that a body serves"
    Duty kw_duty "duty" "值守" true "the hours in which a body works"
    Capacity kw_capacity "capacity" "承载" true "how many cases a body can carry at once"
    Succeeds kw_succeeds "succeeds" "承继" true "the body whose place this one took"
    Since kw_since "since" "自" true "since when"
    Coercive kw_coercive "coercive" "强制" true "an act of coercion"
    Liberty kw_liberty "liberty" "人身自由" false "an act that takes away personal liberty"
    Penalty kw_penalty "penalty" "处罚" false "a penalty"
    Delegable kw_delegable "delegable" "可转授" true "a power that may be passed on"
    Undelegable kw_undelegable "undelegable" "不可转授" true "a power that must stay"
    Holders kw_holders "holders" "持有主体" true "the kinds of body that may hold a power"
    Lead kw_lead "lead" "牵头" true "who leads"
    Support kw_support "support" "配合" true "who supports"
    Supervise kw_supervise "supervise" "督办" true "who supervises"
    Basis kw_basis "basis" "依据" true "the legal basis"
    Art kw_art "art" "条" true "an article of the law named before"
    Joint kw_joint "joint" "共同" true "all leads must act"
    Parallel kw_parallel "parallel" "并行" true "each lead may act"
    Subsidiary kw_subsidiary "subsidiary" "补充" true "the later lead acts where the earlier does not"
    With kw_with "with" "会同" true "together with"
    Yields kw_yields "yields" "让位" true "this mandate gives way"
    YieldTo kw_yield_to "to" "于" true "to which mandate"
    Notwithstanding kw_notwithstanding "notwithstanding" "优先于" true "this mandate prevails"
    Giver kw_giver "from" "由" true "who gives"
    To kw_to "to" "至" true "who receives"
    Onward kw_onward "onward" "可再转授" true "the receiver may pass the power on"
    Holder kw_holder "holder" "持有单位" true "the body that holds a resource"
    Personal kw_personal "personal" "个人信息" true "personal data"
    Sensitive kw_sensitive "sensitive" "敏感" true "sensitive personal data"
    Purpose kw_purpose "purpose" "目的" true "what for"
    Fields kw_fields "fields" "字段" true "the data fields"
    Retention kw_retention "retention" "保存期限" true "how long it is kept"
    Carries kw_carries "carries" "承载资源" true "the resources of a channel"
    Mode kw_mode "mode" "方式" true "the kind of a channel"
    Owes kw_owes "owes" "应还" true "what the receiver owes in return"
    Fallback kw_fallback "fallback" "兜底" true "who takes what nobody leads"
    Forum kw_forum "forum" "争议解决" true "the ladder that settles what rules leave open"
    FirstReceiver kw_first_receiver "first_receiver" "首接负责" true "the first to open the file keeps it"
    Agree kw_agree "agree" "协商" true "the bodies agree within a time"
    Superior kw_superior "superior" "上级" true "the body above"
    Coordinator kw_coordinator "coordinator" "协调人" true "the body that decides"
    Precedence kw_precedence "precedence" "优先顺序" true "bodies in the order of precedence"
    Between kw_between "between" "之间" true "the mandates that clash"
    Trigger kw_trigger "trigger" "触发" true "what starts a procedure"
    Report kw_report "report" "报告" false "somebody reports"
    Event kw_event "event" "事件" false "another procedure raised an event"
    Schedule kw_schedule "schedule" "定期" false "a fixed time"
    Count kw_count "count" "计数" false "so many cases in a time"
    Request kw_request "request" "请求" false "a body asks"
    Of kw_of "of" "之" true "of what"
    Chair kw_chair "chair" "主持" true "who chairs"
    Decides kw_decides "decides" "裁定" false "who chairs breaks a tie"
    HandOver kw_hand_over "hand over" "移送" false "who may be given a step"
    TakeOver kw_take_over "take over" "接办" false "who may take a step over"
    Governance kw_governance "governance" "治理" false "who may put other rules in force, move cases to them, erase persons"
    Adopt kw_adopt "adopt" "采用" false "who may put other rules in force"
    Migrate kw_migrate "migrate" "迁移" false "who may move running cases to other rules"
    Purge kw_purge "purge" "清除" false "who may erase what identifies persons"
    Times kw_times "times" "次" false "how often"
    Total kw_total "total" "累计" false "in all"
    Suspend kw_suspend "suspend" "中止" false "who may stop the clock, and on what ground"
    Within kw_within "within" "时限" true "the deadline"
    Step kw_step "step" "步骤" true "one act of one performer"
    All kw_all "all" "全部" true "parallel branches that must all finish"
    Any kw_any "any" "任一" true "parallel branches of which one must finish"
    Begin kw_begin "begin" "起始" true "where a branch begins whose steps lead round"
    Then kw_then "then" "继而" true "where a block leads"
    Consult kw_consult "consult" "会商" true "a joint step of several bodies"
    Quorum kw_quorum "quorum" "法定人数" true "how many must say the same"
    Majority kw_majority "majority" "过半数" false "more than half"
    Silence kw_silence "silence" "沉默" true "what silence means"
    Assent kw_assent "assent" "同意" false "silence means assent"
    Choose kw_choose "choose" "分流" true "the case goes one of several ways"
    Otherwise kw_otherwise "otherwise" "否则" true "where no guard holds"
    Call kw_call "call" "调用" true "runs another procedure"
    Runs kw_runs "runs" "运行" true "which procedure is run"
    Join kw_join "join" "汇合" true "the end of a branch"
    Close kw_close "close" "办结" true "the end of the case"
    Solved kw_solved "solved" "已解决" false "the problem is gone"
    Unsolved kw_unsolved "unsolved" "未解决" false "the problem remains"
    By kw_by "by" "承办" true "the performer"
    ByMeans kw_by_means "by" "由" true "through whom"
    Serving kw_serving "serving" "就近" true "the body that serves the area of the case"
    Reporter kw_reporter "reporter" "报告人" true "whoever reported"
    Needs kw_needs "needs" "需要" true "the powers that a step needs"
    Uses kw_uses "uses" "使用" true "the resources that a step uses"
    Outcome kw_outcome "outcome" "结果" true "how a step can end"
    On kw_on "on" "遇" true "in which event"
    Timeout kw_timeout "timeout" "超时" true "the deadline has passed"
    Refusal kw_refusal "refusal" "拒绝" true "the performer refuses"
    Breach kw_breach "breach" "违约" false "an obligation is not kept"
    Emit kw_emit "emit" "发出" true "raises an event"
    Escalate kw_escalate "escalate" "升级" true "the ladder of escalation"
    After kw_after "after" "满" true "when so much time is used"
    Upon kw_upon "upon" "待" true "the event after which something is owed"
    Open kw_open "open" "立案" false "the opening of the case"
    Owe kw_owe "owe" "互惠" true "an obligation arises"
    Guarantee kw_guarantee "guarantee" "保障" true "what those get who are not officials"
    Closing kw_closing "closing" "办结要求" true "what closing takes"
    Tell kw_tell "tell" "告知" true "who is told"
    Publish kw_publish "publish" "公开" true "what is published"
    Every kw_every "every" "每一" false "for all"
    No kw_no "no" "无" false "for none"
    Only kw_only "only" "仅" false "for nobody else"
    Whoever kw_whoever "whoever" "凡" false "for each that does"
    Has kw_has "has" "具有" false "has it"
    Held kw_held "held" "持有" false "who holds"
    Led kw_led "led" "主管" false "who leads"
    May kw_may "may" "可" false "is able to"
    Reach kw_reach "reach" "到达" false "comes to"
    Passes kw_passes "passes" "必经" false "comes through"
    Closes kw_closes "closes" "结案" false "ends"
    Contact kw_contact "contact" "首次联系" false "first contact with the reporter"
    Data kw_data "data" "数据" false "data"
    Above kw_above "above" "以上" false "or of a higher rank"
    Add kw_add "add" "新增" true "the declarations that are new"
    Extend kw_extend "extend" "增补" true "the declarations that get further clauses"
    Replace kw_replace "replace" "替换" true "the declarations that another takes the place of"
    Remove kw_remove "remove" "删除" true "the declarations that go"
    Reason kw_reason "reason" "理由" true "why"
    Constitution kw_constitution "constitution" "宪法" false "rank"
    Statute kw_statute "statute" "法律" false "rank"
    AdministrativeRegulation kw_administrative_regulation "administrative_regulation" "行政法规" false "rank"
    LocalRegulation kw_local_regulation "local_regulation" "地方性法规" false "rank"
    MinistryRule kw_ministry_rule "ministry_rule" "部门规章" false "rank"
    LocalRule kw_local_rule "local_rule" "地方政府规章" false "rank"
    PartyRegulation kw_party_regulation "party_regulation" "党内法规" false "rank"
    NormativeDocument kw_normative_document "normative_document" "规范性文件" false "rank"
    Standard kw_standard "standard" "标准" false "rank"
    Agreement kw_agreement "agreement" "协议" false "rank of a contract; mode of a channel"
    PartyOrgan kw_party_organ "party_organ" "党组织" false "kind of body"
    Government kw_government "government" "政府" false "kind of body"
    Department kw_department "department" "部门" false "kind of body"
    Police kw_police "police" "公安机关" false "kind of body"
    FireRescue kw_fire_rescue "fire_rescue" "消防救援机构" false "kind of body"
    Judicial kw_judicial "judicial" "司法机关" false "kind of body"
    Institution kw_institution "institution" "事业单位" false "kind of body"
    Committee kw_committee "committee" "自治组织" false "kind of body"
    Enterprise kw_enterprise "enterprise" "企业" false "kind of body"
    SocialOrganisation kw_social_organisation "social_organisation" "社会组织" false "kind of body"
    Auxiliary kw_auxiliary "auxiliary" "辅助人员" false "kind of body"
    Volunteer kw_volunteer "volunteer" "志愿者" false "kind of body"
    Resident kw_resident "resident" "居民" false "kind of body"
    Platform kw_platform "platform" "联动平台" false "kind of body"
    Equipment kw_equipment "equipment" "设备" false "kind of resource"
    People kw_people "people" "人员" false "kind of resource"
    Funds kw_funds "funds" "资金" false "kind of resource"
    Premises kw_premises "premises" "场所" false "kind of resource"
    OpenPlatform kw_open_platform "open_platform" "开放平台" false "mode of a channel"
    Purchase kw_purchase "purchase" "购买服务" false "mode of a channel"
    Order kw_order "order" "指令" false "mode of a channel"
    Feedback kw_feedback "feedback" "反馈" false "content of an obligation"
    Staff kw_staff "staff" "派员" false "content of an obligation"
    Payment kw_payment "payment" "付款" false "content of an obligation"
    Consent kw_consent "consent" "自愿" false "guarantee"
    Training kw_training "training" "培训" false "guarantee"
    Insurance kw_insurance "insurance" "保险" false "guarantee"
    Compensation kw_compensation "compensation" "补偿" false "guarantee"
    Complaint kw_complaint "complaint" "申诉渠道" false "guarantee"
    Monday kw_monday "monday" "周一" false "day of the week"
    Tuesday kw_tuesday "tuesday" "周二" false "day of the week"
    Wednesday kw_wednesday "wednesday" "周三" false "day of the week"
    Thursday kw_thursday "thursday" "周四" false "day of the week"
    Friday kw_friday "friday" "周五" false "day of the week"
    Saturday kw_saturday "saturday" "周六" false "day of the week"
    Sunday kw_sunday "sunday" "周日" false "day of the week"
}

/// Whether a word can't be a name, and in which spelling.
pub fn reserved(word: &str) -> Option<Keyword> {
    static TABLE: std::sync::LazyLock<std::collections::HashMap<&'static str, Keyword>> =
        std::sync::LazyLock::new(|| {
            Keyword::ALL
                .iter()
                .filter(|keyword| keyword.is_reserved())
                .flat_map(|keyword| {
                    [Language::En, Language::Zh].map(|language| (keyword.spelling(language), *keyword))
                })
                .collect()
        });
    TABLE.get(word).copied()
}
