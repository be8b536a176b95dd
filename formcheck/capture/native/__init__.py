"""What the native libraries may not do: use the network, write to the console."""
