"""Every write, by noun: the network, the desk, concerns."""
