"""didim turns an empty floor or wall into a place to move and play."""
