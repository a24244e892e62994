"""Why not?  Each question is answered once: None, or a sentence for the person who asked."""
