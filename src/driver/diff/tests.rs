//! Comparisons over files in memory.
