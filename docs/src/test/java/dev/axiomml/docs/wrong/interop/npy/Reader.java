package dev.axiomml.docs.wrong.interop.npy;

import com.google.protobuf.ByteString;
import com.microsoft.z3.Context;
import org.assertj.core.api.Condition;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Guests far from their home. */
public record Reader(ByteString bytes, Context solver, INDArray array, Condition<Reader> claim) {}
