//! cherryc.
