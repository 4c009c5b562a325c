"""The pages, by noun: the network, files, the desk, concerns."""
