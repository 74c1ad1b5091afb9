"""The schema's revisions, oldest first; carried out by `bring_up_to_date`."""
