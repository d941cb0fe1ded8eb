"""The benchmark: every workload beside its naive way and its limit, measured in one run."""
