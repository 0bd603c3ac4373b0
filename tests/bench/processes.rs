//! What a process and its children use, as the kernel counts it.

use std::collections::BTreeMap;
use std::fs;

/// What the threads of some processes used up to now.
#[derive(Debug, Clone, Default)]
pub(crate) struct Used {
    /// Of each thread, how often it began to run, and its time on a processor in clock ticks of 10 ms.
    threads: BTreeMap<u32, (u64, u64)>,
}

impl Used {
    /// How often threads began to run since then, and their time on a processor in milliseconds. Threads that have ended
    /// since do not count.
    pub(crate) fn since(&self, before: &Self) -> (u64, u64) {
        let mut sum = (0, 0);
        for (id, (switches, ticks)) in &self.threads {
            let then = before.threads.get(id).copied().unwrap_or_default();
            sum.0 += switches.saturating_sub(then.0);
            sum.1 += ticks.saturating_sub(then.1) * 10;
        }
        sum
    }
}

/// A process and everything that it started.
pub(crate) fn tree(root: u32) -> Vec<u32> {
    let mut found = vec![root];
    let mut at = 0;
    while let Some(&parent) = found.get(at) {
        at += 1;
        let tasks = fs::read_dir(format!("/proc/{parent}/task"))
            .into_iter()
            .flatten()
            .flatten();
        for task in tasks {
            let children = fs::read_to_string(task.path().join("children")).unwrap_or_default();
            found.extend(
                children
                    .split_whitespace()
                    .filter_map(|id| id.parse::<u32>().ok()),
            );
        }
    }
    found
}

/// Memory of a process and everything that it started, in KiB; what is shared with others counts in part.
pub(crate) fn memory(root: u32) -> u64 {
    let pss = |id: u32| {
        let rollup = fs::read_to_string(format!("/proc/{id}/smaps_rollup")).unwrap_or_default();
        number(&rollup, "Pss:")
    };
    tree(root).into_iter().map(pss).sum()
}

/// What a process and everything that it started used up to now.
pub(crate) fn used(root: u32) -> Used {
    let mut used = Used::default();
    for id in tree(root) {
        let tasks = fs::read_dir(format!("/proc/{id}/task"));
        for task in tasks.into_iter().flatten().flatten() {
            let status = fs::read_to_string(task.path().join("status")).unwrap_or_default();
            let switches = number(&status, "voluntary_ctxt_switches:");
            let stat = fs::read_to_string(task.path().join("stat")).unwrap_or_default();
            // After the name, which may hold anything: user and system time are the 12th and 13th.
            let fields = stat.rsplit_once(") ").map_or("", |(_, fields)| fields);
            let times = fields.split(' ').skip(11).take(2);
            let ticks = times.filter_map(|time| time.parse::<u64>().ok()).sum();
            if let Ok(thread) = task.file_name().to_string_lossy().parse() {
                used.threads.insert(thread, (switches, ticks));
            }
        }
    }
    used
}

fn number(text: &str, key: &str) -> u64 {
    let line = text.lines().find_map(|line| line.strip_prefix(key));
    let word = line.and_then(|line| line.split_whitespace().next());
    word.and_then(|word| word.parse().ok()).unwrap_or(0)
}
