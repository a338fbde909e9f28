/** Internal. What loads models and runs them: one interface, and ONNX Runtime behind it. */
package io.penstock.infer.engine;
