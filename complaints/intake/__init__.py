"""The way in: `receive` takes a submission from anywhere and makes a case of it."""
