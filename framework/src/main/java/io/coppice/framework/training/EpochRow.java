package io.coppice.framework.training;

/**
 * One epoch as the tables show it.
 *
 * @param epoch from 1
 * @param validationAccuracy a fraction
 * @param nonzero prunable weights of W̃ that are not 0
 * @param settled whether the network has the size its recipe promises
 * @param seconds the epoch's training time, without validation
 */
public record EpochRow(
    int epoch,
    double trainLoss,
    double validationLoss,
    double validationAccuracy,
    long nonzero,
    boolean settled,
    double learningRate,
    double seconds) {}
