"""The observatory in a browser: pages over one desk, in Arabic and English, made on the server.

``app`` puts the pages onto the API, ``view`` is what a page is made with, ``pages/`` has one file a page (beside it its
template in ``templates/``, its words in ``words/``, its style in ``static/css/``).
"""
