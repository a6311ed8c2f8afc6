"""Runs lintnews as `python -m lintnews`."""

from lintnews.cli import main

main()
