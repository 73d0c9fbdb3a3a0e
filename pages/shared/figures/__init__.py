"""What it looks like: results of nn_core become figures, as plain data that the browser draws."""
