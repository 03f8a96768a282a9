"""The network as others use it: which addresses may be connected to, and a connection that goes only there."""
