"""Web archives: WARC and WET read, WARC written."""
