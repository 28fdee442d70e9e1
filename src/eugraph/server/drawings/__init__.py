"""Drawings as SVG: made on the server, readable without script."""
