//! One suite for all stores.
