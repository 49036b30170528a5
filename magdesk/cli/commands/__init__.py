"""What the commands do, one module per group; each is imported only when one of its commands is called."""
