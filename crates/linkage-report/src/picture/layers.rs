//! Nodes in layers: circles are cut, each edge leads to a later layer, what is long gets an item in each layer
//! that it crosses.

/// What is to be laid out: sizes and edges, without words.
#[derive(Debug, Clone, Default)]
pub(super) struct Net {
    /// For each node how much room it takes within a layer, and along the layers, in pixels.
    pub sizes: Vec<(i64, i64)>,
    /// For each node its lane.
    pub lanes: Vec<usize>,
    /// How wide each lane is at least; one lane where nodes stand free.
    pub lane_widths: Vec<i64>,
    /// The edges.
    pub edges: Vec<Link>,
}

/// An edge with the room that its label takes.
#[derive(Debug, Clone)]
pub(super) struct Link {
    pub from: usize,
    pub to: usize,
    pub label: Option<(i64, i64)>,
}

/// Something that takes room in a layer.
#[derive(Debug, Clone)]
pub(super) struct Item {
    pub across: i64,
    pub along: i64,
    pub lane: usize,
    pub rank: usize,
    /// Whether it is but a bend of an edge.
    pub is_bend: bool,
}

/// An edge from layer to layer, from the lower rank to the higher.
#[derive(Debug, Clone)]
pub(super) struct Chain {
    pub items: Vec<usize>,
    /// Whether the edge runs against the layers.
    pub reversed: bool,
    /// The item of the label.
    pub label: Option<usize>,
}

/// Items in layers. The first items are the nodes.
#[derive(Debug, Clone, Default)]
pub(super) struct Layered {
    pub items: Vec<Item>,
    pub ranks: Vec<Vec<usize>>,
    /// For each item its neighbours one rank lower, and one rank higher.
    pub lower: Vec<Vec<usize>>,
    pub higher: Vec<Vec<usize>>,
    /// One chain an edge; an edge from a node to itself has none.
    pub chains: Vec<Option<Chain>>,
}

/// How much room the bend of an edge takes within a layer.
const WIRE: i64 = 4;

/// Puts a net into layers.
pub(super) fn layered(net: &Net) -> Layered {
    let reversed = against(net);
    let forward = |at: usize| {
        let edge = &net.edges[at];
        if reversed[at] { (edge.to, edge.from) } else { (edge.from, edge.to) }
    };
    let length = if net.edges.iter().any(|edge| edge.label.is_some()) { 2 } else { 1 };
    let proper: Vec<usize> =
        (0..net.edges.len()).filter(|at| net.edges[*at].from != net.edges[*at].to).collect();
    let ways: Vec<(usize, usize)> = proper.iter().map(|at| forward(*at)).collect();
    let rank = ranks(net.sizes.len(), &ways, length);
    let mut all = Layered::default();
    for (node, (across, along)) in net.sizes.iter().enumerate() {
        let (lane, rank) = (net.lanes[node], rank[node]);
        all.add(Item { across: *across, along: *along, lane, rank, is_bend: false });
    }
    all.chains = vec![None; net.edges.len()];
    for at in proper {
        let (low, high) = forward(at);
        let (edge, reversed) = (&net.edges[at], reversed[at]);
        // The label stands beside where the edge begins.
        let labelled = if reversed { rank[high] - 1 } else { rank[low] + 1 };
        let mut chain = Chain { items: vec![low], reversed, label: None };
        for between in rank[low] + 1..rank[high] {
            let label = edge.label.filter(|_| between == labelled);
            let (across, along) = label.unwrap_or((WIRE, 0));
            // A label keeps to where its edge begins, the rest goes where it ends.
            let lane = net.lanes[if label.is_some() { edge.from } else { edge.to }];
            let item = all.add(Item { across, along, lane, rank: between, is_bend: label.is_none() });
            if label.is_some() {
                chain.label = Some(item);
            }
            chain.items.push(item);
        }
        chain.items.push(high);
        for pair in chain.items.windows(2) {
            all.higher[pair[0]].push(pair[1]);
            all.lower[pair[1]].push(pair[0]);
        }
        all.chains[at] = Some(chain);
    }
    all
}

impl Layered {
    fn add(&mut self, item: Item) -> usize {
        let at = self.items.len();
        if self.ranks.len() <= item.rank {
            self.ranks.resize(item.rank + 1, Vec::new());
        }
        self.ranks[item.rank].push(at);
        self.items.push(item);
        self.lower.push(Vec::new());
        self.higher.push(Vec::new());
        at
    }
}

/// Which edges run against the others: those that close a circle on the way from what nothing leads to.
fn against(net: &Net) -> Vec<bool> {
    let count = net.sizes.len();
    let mut out: Vec<Vec<usize>> = vec![Vec::new(); count];
    let mut led_to = vec![false; count];
    for (at, edge) in net.edges.iter().enumerate() {
        out[edge.from].push(at);
        led_to[edge.to] |= edge.from != edge.to;
    }
    let mut reversed = vec![false; net.edges.len()];
    let (mut seen, mut open) = (vec![false; count], vec![false; count]);
    let roots = (0..count).filter(|node| !led_to[*node]).chain(0..count);
    for root in roots {
        if seen[root] {
            continue;
        }
        (seen[root], open[root]) = (true, true);
        let mut path = vec![(root, 0)];
        while let Some((node, next)) = path.last_mut() {
            let Some(at) = out[*node].get(*next) else {
                open[*node] = false;
                path.pop();
                continue;
            };
            *next += 1;
            let to = net.edges[*at].to;
            if open[to] {
                reversed[*at] = true;
            } else if !seen[to] {
                (seen[to], open[to]) = (true, true);
                path.push((to, 0));
            }
        }
    }
    reversed
}

/// The layer of each node: as low as its edges allow; what nothing leads to comes as near as it can.
fn ranks(count: usize, edges: &[(usize, usize)], length: usize) -> Vec<usize> {
    let (mut waiting, mut out) = (vec![0_usize; count], vec![Vec::new(); count]);
    for (from, to) in edges {
        waiting[*to] += 1;
        out[*from].push(*to);
    }
    let roots: Vec<usize> = (0..count).filter(|node| waiting[*node] == 0).collect();
    let (mut rank, mut ready) = (vec![0; count], roots.clone());
    while let Some(node) = ready.pop() {
        for to in &out[node] {
            rank[*to] = rank[*to].max(rank[node] + length);
            waiting[*to] -= 1;
            if waiting[*to] == 0 {
                ready.push(*to);
            }
        }
    }
    for root in roots {
        if let Some(nearest) = out[root].iter().map(|to| rank[*to]).min() {
            rank[root] = nearest - length;
        }
    }
    rank
}
