"""Pictures of pages, made on the server as SVG: coloured by the classes of the page's style, never by colour alone."""
