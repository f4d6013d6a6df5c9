package io.coppice.framework.recipe;

/** An exception whose message is a sentence that says all a user needs: no stack must be read. */
public interface Explained {}
