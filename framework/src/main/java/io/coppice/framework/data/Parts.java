package io.coppice.framework.data;

import java.util.function.Supplier;

/**
 * A data set, split.
 *
 * @param validation where hyper-parameters, epochs and stopping are chosen
 * @param test read once, after everything is chosen
 */
public record Parts(int classes, Examples train, Examples validation, Supplier<Examples> test) {}
