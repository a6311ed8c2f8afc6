"""A content-QA linter for articles."""
