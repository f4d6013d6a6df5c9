package io.coppice.framework.training;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.coppice.framework.network.Initialization;
import io.coppice.framework.network.models.Mlp;
import io.coppice.framework.optimize.Sgd;
import io.coppice.framework.recipe.Time;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanTest {

  /**
   * When this fails, every stored run has lost its name: leave the old text as it was, or tell the
   * users.
   */
  @Test
  void aReferencePlanKeepsItsTextAndItsHash() {
    Plan plan =
        new Plan(
            new Toy.Rings(1000),
            new Mlp("LeNet-300-100", List.of(300, 100), false, 0, Initialization.KAIMING_NORMAL),
            new TrainingRecipe(
                new Sgd(0.1, 0.9, false, 1e-4),
                new LearningRates.WarmUp(Time.epochs(0.5), new LearningRates.Cosine(0)),
                64,
                Time.epochs(40),
                0,
                0.1),
            new Toy.Erosion("erosion 5 %", 0.05),
            1);
    assertEquals(
        """
        {
          "is": "Plan",
          "data": {
            "is": "Toy.Rings",
            "examples": 1000
          },
          "model": {
            "is": "Mlp",
            "name": "LeNet-300-100",
            "hidden": [
              300,
              100
            ],
            "biases": false,
            "dropout": 0,
            "initialization": "Initialization.KAIMING_NORMAL"
          },
          "training": {
            "is": "TrainingRecipe",
            "optimizer": {
              "is": "Sgd",
              "learningRate": 0.1,
              "momentum": 0.9,
              "nesterov": false,
              "weightDecay": 0.0001
            },
            "learningRate": {
              "is": "LearningRates.WarmUp",
              "length": {
                "is": "Time.Epochs",
                "epochs": 0.5
              },
              "next": {
                "is": "LearningRates.Cosine",
                "floor": 0
              }
            },
            "batch": 64,
            "length": {
              "is": "Time.Epochs",
              "epochs": 40
            },
            "clipNorm": 0,
            "labelSmoothing": 0.1
          },
          "method": {
            "is": "Toy.Erosion",
            "name": "erosion 5 %",
            "share": 0.05
          },
          "seed": 1
        }
        """,
        plan.json());
    assertEquals("2f96516542c3ada2", plan.hash());
  }
}
