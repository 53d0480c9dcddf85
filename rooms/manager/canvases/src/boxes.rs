//! The well-known canvases: which boxes each has, in which order they are filled, and what is asked in each.

use kernel::words;

words! {
    /// Which canvas it is.
    pub enum Kind {
        Lean = "lean" says "lean canvas",
        BusinessModel = "business_model" says "business model canvas",
        ValueProposition = "value_proposition" says "value proposition canvas",
        Swot = "swot" says "SWOT",
        FiveForces = "five_forces" says "five forces",
        Pestle = "pestle" says "PESTLE",
        StrategyCase = "strategy_case" says "strategy, step by step",
        DesignCase = "design_case" says "design, step by step",
    }
}

words! {
    /// A box of a canvas.
    pub enum Cell {
        Problem = "problem" says "problems",
        Segments = "segments" says "customer segments",
        Value = "value" says "value proposition",
        Solution = "solution" says "solutions",
        Channels = "channels",
        Revenue = "revenue" says "revenue streams",
        Costs = "costs" says "cost structure",
        Metrics = "metrics" says "key metrics",
        Advantage = "advantage" says "unfair advantage",
        Partners = "partners" says "key partners",
        Activities = "activities" says "key activities",
        Resources = "resources" says "key resources",
        Relationships = "relationships" says "customer relationships",
        Strengths = "strengths",
        Weaknesses = "weaknesses",
        Opportunities = "opportunities",
        Threats = "threats",
        Rivalry = "rivalry" says "rivalry among competitors",
        Entrants = "entrants" says "threat of newcomers",
        Substitutes = "substitutes" says "threat of substitutes",
        Buyers = "buyers" says "power of buyers",
        Suppliers = "suppliers" says "power of suppliers",
        Political = "political",
        Economic = "economic",
        Social = "social",
        Technological = "technological",
        Legal = "legal",
        Environmental = "environmental",
        Jobs = "jobs" says "customer jobs",
        Pains = "pains",
        Gains = "gains",
        Offers = "offers" says "products and services",
        Relievers = "relievers" says "pain relievers",
        Creators = "creators" says "gain creators",
        Goal = "goal",
        Diagnosis = "diagnosis",
        Ways = "ways" says "options",
        Criteria = "criteria",
        Choice = "choice",
        Actions = "actions",
        NotDoing = "not_doing" says "not doing",
        Risks = "risks",
        Measures = "measures",
        Users = "users",
        Wants = "wants" says "needs and pain points",
        First = "first" says "which first",
        TradeOffs = "trade_offs" says "trade-offs",
    }
}

impl Kind {
    /// Its boxes in the order in which they are filled: why and for whom before what and how.
    pub const fn cells(self) -> &'static [Cell] {
        use Cell::*;
        match self {
            Kind::Lean => &[Problem, Segments, Value, Solution, Channels, Revenue, Costs, Metrics, Advantage],
            Kind::BusinessModel => &[Segments, Value, Channels, Relationships, Revenue, Resources, Activities, Partners, Costs],
            Kind::ValueProposition => &[Jobs, Pains, Gains, Offers, Relievers, Creators],
            Kind::Swot => &[Strengths, Weaknesses, Opportunities, Threats],
            Kind::FiveForces => &[Rivalry, Entrants, Substitutes, Buyers, Suppliers],
            Kind::Pestle => &[Political, Economic, Social, Technological, Legal, Environmental],
            Kind::StrategyCase => &[Goal, Diagnosis, Ways, Criteria, Choice, Actions, NotDoing, Risks, Measures],
            Kind::DesignCase => &[Goal, Users, Wants, Solution, First, TradeOffs, Measures],
        }
    }

    /// What it is for, in a sentence.
    pub const fn purpose(self) -> &'static str {
        match self {
            Kind::Lean => "A business on one page, problem first (Maurya): what is least certain is tried out first.",
            Kind::BusinessModel => "How something is made, sold and paid for (Osterwalder), each part on the others.",
            Kind::ValueProposition => "What a customer wants to get done, what hurts and what helps, against what we have for it.",
            Kind::Swot => "What is strong and weak in us, and what around us helps or harms.",
            Kind::FiveForces => "What presses on the profit in a market (Porter).",
            Kind::Pestle => "What in the world around may change the product.",
            Kind::StrategyCase => "A choice from its goal to its measures, in the steps that the practice club trains.",
            Kind::DesignCase => "From whom it is for to what is built first, in the steps that the practice club trains.",
        }
    }
}

impl Cell {
    /// What is asked in it.
    pub const fn question(self) -> &'static str {
        match self {
            Cell::Problem => "Which one to three problems hurt most, and how are they solved today?",
            Cell::Segments => "For whom, and who comes first?",
            Cell::Value => "Why is it worth having, in one sentence?",
            Cell::Solution => "What is the least that solves each problem?",
            Cell::Channels => "By which ways do they hear of it and get it?",
            Cell::Revenue => "Who pays for what, how much and how often?",
            Cell::Costs => "What costs most, and what grows with each customer?",
            Cell::Metrics => "Which few figures say that it works?",
            Cell::Advantage => "What can nobody copy or buy?",
            Cell::Partners => "Who does what we don’t?",
            Cell::Activities => "What must we do well?",
            Cell::Resources => "What must we have?",
            Cell::Relationships => "How do we win, keep and grow them?",
            Cell::Strengths => "What do we do better than others, and what shows it?",
            Cell::Weaknesses => "Where do others do better?",
            Cell::Opportunities => "What around us could help?",
            Cell::Threats => "What around us could harm?",
            Cell::Rivalry => "How hard do those who are there fight, and over what?",
            Cell::Entrants => "How easily can somebody new come in?",
            Cell::Substitutes => "What else would people use instead?",
            Cell::Buyers => "How easily can customers press the price or leave?",
            Cell::Suppliers => "On whom do we depend, and how much?",
            Cell::Political => "Which policies and elections matter?",
            Cell::Economic => "Prices, wages, interest: what moves?",
            Cell::Social => "How do people change how they live?",
            Cell::Technological => "What becomes possible, or free?",
            Cell::Legal => "Which laws and rules come or go?",
            Cell::Environmental => "What do climate and scarcity change?",
            Cell::Jobs => "What are they trying to get done?",
            Cell::Pains => "What annoys, costs or frightens them on the way?",
            Cell::Gains => "What would they be glad of?",
            Cell::Offers => "What do we have for them?",
            Cell::Relievers => "What takes which pain away?",
            Cell::Creators => "What brings which gain about?",
            Cell::Goal => "What should be reached, from where to where, by when?",
            Cell::Diagnosis => "What is really the matter, and which figure says so?",
            Cell::Ways => "Which ways differ from one another, doing nothing among them?",
            Cell::Criteria => "By what are they compared?",
            Cell::Choice => "Which, and why, by these criteria?",
            Cell::Actions => "What is done, by whom, when, for how much?",
            Cell::NotDoing => "What is left out, and what does that cost?",
            Cell::Risks => "What may go wrong, how would one see it early, and when does one turn back?",
            Cell::Measures => "How will one know, and what must not get worse?",
            Cell::Users => "Which groups by what they do, and which of them first?",
            Cell::Wants => "What do they try to get done, and what hurts on the way?",
            Cell::First => "Which first, by value, effort and how sure one is (score them under Priorities)?",
            Cell::TradeOffs => "What does the choice give up, and for whom?",
        }
    }

    /// The box whose notes this one's answer: pains are relieved, gains created.
    pub const fn answers(self) -> Option<Cell> {
        match self {
            Cell::Relievers => Some(Cell::Pains),
            Cell::Creators => Some(Cell::Gains),
            _ => None,
        }
    }

    /// The box whose notes answer this one's.
    pub const fn answered_by(self) -> Option<Cell> {
        match self {
            Cell::Pains => Some(Cell::Relievers),
            Cell::Gains => Some(Cell::Creators),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_box_stands_on_a_canvas_once() {
        for cell in Cell::ALL {
            let on = Kind::ALL.iter().filter(|kind| kind.cells().contains(cell)).count();
            assert!(on > 0, "{cell} stands on no canvas");
            assert!(cell.question().ends_with('?'));
        }
        for kind in Kind::ALL {
            let mut cells = kind.cells().to_vec();
            cells.sort_unstable();
            cells.dedup();
            assert_eq!(cells.len(), kind.cells().len(), "{kind}");
        }
        assert_eq!(Cell::Pains.answered_by().and_then(Cell::answers), Some(Cell::Pains));
    }
}
