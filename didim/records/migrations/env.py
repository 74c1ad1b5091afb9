"""What Alembic runs: the revisions, on the connection that `didim.records` gives it."""

from alembic import context

from didim.records._schema import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    transactional_ddl=True,
    render_as_batch=True,
)
context.run_migrations()
